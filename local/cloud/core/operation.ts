import { AttachedPolicy, KmsGrant, RequestContext, RequestPrincipal } from "../../../iam";
import { Clock } from "./clock";
import { Quota } from "./quotas";
import { Sealer } from "./sealed";
import { Shape } from "./shape";
import { Store } from "./store";

/** What a caller must be allowed to do before an operation runs. */
export interface Authorization {
  /** Such as `secretsmanager:GetSecretValue`. */
  readonly action: string;
  readonly resource: { readonly arn: string; readonly accountId: string };
  /** The resource is an AWS managed key: no resource control policy is about it. */
  readonly isAwsManaged?: true;
  /** The resource's own policy, when it has one. */
  readonly resourcePolicy?: AttachedPolicy;
  /** KMS only. */
  readonly grants?: readonly KmsGrant[];
  /** Service-specific condition keys, lower case, such as `secretsmanager:versionstage`. */
  readonly context?: RequestContext;
}

/** The VPC endpoint a request came through. */
export interface RequestEndpoint {
  readonly endpointId: string;
  readonly vpcId: string;
  readonly accountId: string;
  readonly policy?: AttachedPolicy;
}

/** One request on its way through an operation. */
export interface Call {
  readonly requestId: string;
  readonly principal: RequestPrincipal;
  /** The caller's account; empty for anonymous callers, and for an AWS service the account it works in. */
  readonly accountId: string;
  /** The caller's ARN as AWS shows it; a service's host name for services. */
  readonly callerArn: string;
  /** `aws:userid`, such as `AROA…:session`. */
  readonly callerId: string;
  /** The access key the request was signed with, when it was. */
  readonly accessKeyId?: string;
  /** The Region the request is addressed to, from the signature's scope. */
  readonly region: string;
  /** `aws`; kept here so that no operation writes it literally. */
  readonly partition: string;
  readonly store: Store;
  readonly clock: Clock;
  /** Encrypts what the store must not hold in the clear. */
  readonly sealer: Sealer;
  readonly endpoint?: RequestEndpoint;
  /** The service that forwarded the caller's request (`kms:ViaService` without Region), when one did. */
  readonly viaService?: string;
  /**
   * Runs another service's operation for the same caller, as AWS services do with forward access sessions: the
   * caller's permissions apply, `aws:ViaAWSService` is true, `kms:ViaService` is `<service>.<region>.amazonaws.com`
   * and the VPC endpoint is gone from the context. Recorded in CloudTrail with `invokedBy`.
   */
  forward<O>(
    target: { readonly service: string; readonly operation: string; readonly region: string },
    input: unknown,
  ): O;
  /**
   * Runs another service's operation as this service itself (principal `<service>.amazonaws.com`), with
   * `aws:SourceArn` and `aws:SourceAccount`, in the given account.
   */
  asService(
    target: {
      readonly service: string;
      readonly operation: string;
      readonly region: string;
      readonly accountId: string;
      readonly sourceArn: string;
    },
    input: unknown,
  ): Promise<unknown>;
  /** True when the caller would be allowed; for operations that judge several resources (BatchGetSecretValue). */
  isAllowed(authorization: Authorization): boolean;
  /** Throws the service's AccessDeniedException unless allowed. */
  require(authorization: Authorization): void;
}

/** One operation of a service's public API, as data. Order: shape, `authorize`, `run`. */
export interface Operation<I = any, O = unknown> {
  readonly name: string;
  /** Checked first; a violation is the protocol's ValidationException before any permission is looked at. */
  readonly input: Shape<I>;
  /**
   * What must be allowed. May throw an ApiError for what AWS refuses before it looks at permissions. Return the
   * authorization even when the resource does not exist, with the ARN that the request would address, so that
   * nobody learns of a resource's existence without permission.
   */
  authorize(input: I, call: Call): readonly Authorization[];
  /**
   * Runs inside one store transaction when it returns a plain value: a thrown error undoes every change. An
   * operation that returns a promise must make its changes inside `call.store.transaction(...)`.
   */
  run(input: I, call: Call): O | Promise<O>;
  /** CloudTrail: what of the request and the answer is recorded. Secret values are never recorded. */
  readonly trail?: {
    readonly readOnly: boolean;
    request?(input: I): Readonly<Record<string, unknown>> | null;
    response?(output: O): Readonly<Record<string, unknown>> | null;
    resources?(
      input: I,
      output: O | undefined,
      call: Call,
    ): readonly { readonly arn: string; readonly accountId: string }[];
  };
}

/** A service as the server knows it. */
export interface Service {
  /** Signing name and action prefix, such as `secretsmanager`, `kms`, `sts`, `iam`, `lambda`. */
  readonly signingName: string;
  /** CloudTrail's `eventSource`, such as `secretsmanager.amazonaws.com`. */
  readonly eventSource: string;
  /** The Region in which a global service records its events, whatever Region a request was signed for. */
  readonly globalRegion?: string;
  readonly protocol:
    | {
        readonly kind: "aws-json";
        readonly version: "1.0" | "1.1";
        readonly targetPrefix: string;
        readonly messageMember: "Message" | "message";
      }
    | { readonly kind: "aws-query"; readonly version: string; readonly namespace: string }
    | { readonly kind: "rest-json"; readonly routes: readonly RestRoute[] };
  readonly operations: readonly Operation[];
  /** Names of operations of the public API that are not modelled: answered 501 with their name. */
  readonly notModelled?: readonly string[];
  /** Calls a second that an account has; counted only when the cloud was started to. @default none are counted */
  readonly quotas?: readonly Quota[];
  /** Text and code of the service's refusal; AWS words them differently by service. @default AccessDeniedException */
  readonly accessDenied?: { readonly code: string; readonly status: number };
  /** Work that time brings (rotation schedules, deletion windows); called whenever the clock moves, at most each second. */
  tick?(cloud: ServiceHost): void | Promise<void>;
  /** Makes ready what the service needs outside requests; called once when the cloud is made. */
  start?(cloud: ServiceHost): void;
  /** Ends what the service runs outside requests, such as processes; called once when the cloud stops. */
  stop?(cloud: ServiceHost): void | Promise<void>;
}

/** A route of a restJson1 service: labels `{Name}` in the path and the query become members of the input. */
export interface RestRoute {
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH";
  /** Such as `/2015-03-31/functions/{FunctionName}/invocations`. */
  readonly path: string;
  /** HTTP status of success. @default 200 */
  readonly status?: number;
  /** Header -> member of the input. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Query parameter -> member of the input, where the names differ. */
  readonly query?: Readonly<Record<string, string>>;
  /** Member of the input that takes the raw body (blob payload); else the body is a JSON object of members. */
  readonly payload?: string;
  /** Member of the answer -> header that carries it instead of the body. */
  readonly answerHeaders?: Readonly<Record<string, string>>;
  /** Member of the answer (text or bytes) that is the whole body. */
  readonly answerPayload?: string;
  /** Member of the answer that gives the HTTP status. */
  readonly answerStatus?: string;
}

/** What a service may use outside a request. */
export interface ServiceHost {
  readonly store: Store;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly partition: string;
  /** As `Call.asService`, with no request behind it. */
  asService(
    caller: string,
    target: {
      readonly service: string;
      readonly operation: string;
      readonly region: string;
      readonly accountId: string;
      readonly sourceArn: string;
    },
    input: unknown,
  ): Promise<unknown>;
  /** Writes a CloudTrail event of type `AwsServiceEvent`, such as RotationFailed. */
  recordServiceEvent(event: {
    readonly eventSource: string;
    readonly eventName: string;
    readonly region: string;
    readonly accountId: string;
    readonly additionalEventData: Readonly<Record<string, unknown>>;
    readonly errorCode?: string;
    readonly errorMessage?: string;
  }): void;
  /** Where this cloud listens, such as `http://127.0.0.1:4566`; functions get it as AWS_ENDPOINT_URL. */
  readonly url: string;
}
