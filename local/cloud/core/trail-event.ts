import { randomUUID } from "crypto";
import { ApiError } from "./api-error";
import { Caller } from "./caller";
import { Call, Operation, Service } from "./operation";
import { RequestRoute } from "./request-context";

/**
 * A record of CloudTrail, in its own member names.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface TrailEvent {
  readonly eventVersion: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly eventType: "AwsApiCall" | "AwsServiceEvent";
  readonly recipientAccountId: string;
  readonly errorCode?: string;
  readonly resources?: readonly { readonly accountId: string; readonly ARN: string }[];
  readonly [member: string]: unknown;
}

/** What an operation gave: its input as far as it was read, and its answer or its error. */
export interface Outcome {
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: unknown;
}

/** A call with what its record says of it. */
export interface RecordedCall extends Call {
  readonly service: Service;
  readonly operation: Operation;
  readonly caller: Caller;
  readonly route: RequestRoute;
}

/** The records of a call: one for the caller's account and one for each other account whose resource it touched. */
export function trailEvents(call: RecordedCall, outcome: Outcome): readonly TrailEvent[] {
  const { operation } = call;
  const recordsResources = outcome.input !== undefined && operation.trail?.resources;
  const resources = recordsResources
    ? recordsResources(outcome.input, outcome.output, call).map(({ arn, accountId }) => ({
        accountId,
        ARN: arn,
      }))
    : [];
  const own = callEvent(call, outcome, resources);
  const others = new Set(
    resources.map(({ accountId }) => accountId).filter((id) => id && id !== call.accountId),
  );
  if (others.size === 0 || call.principal.kind === "service") return [own];
  const sharedEventID = randomUUID();
  return [
    { ...own, sharedEventID },
    ...[...others].map((recipientAccountId) => ({
      ...own,
      eventID: randomUUID(),
      userIdentity: { type: "AWSAccount", principalId: call.caller.userId, accountId: call.accountId },
      recipientAccountId,
      sharedEventID,
    })),
  ];
}

function callEvent(
  call: RecordedCall,
  outcome: Outcome,
  resources: TrailEvent["resources"] & object,
): TrailEvent {
  const { operation, service, route, endpoint } = call;
  const invokedBy = call.viaService ? `${call.viaService}.amazonaws.com` : serviceName(call.caller);
  const failed = outcome.error !== undefined;
  return {
    eventVersion: "1.11",
    userIdentity: { ...userIdentity(call.caller), ...(invokedBy !== undefined && { invokedBy }) },
    eventTime: eventTime(call.clock.now()),
    eventSource: service.eventSource,
    eventName: operation.name,
    awsRegion: call.region,
    sourceIPAddress: invokedBy ?? (endpoint ? "10.0.0.10" : (route.sourceIp ?? "127.0.0.1")),
    userAgent: invokedBy ?? route.userAgent ?? "local",
    ...(failed && errorMembers(outcome.error)),
    requestParameters: recordedRequest(operation, outcome.input) ?? null,
    responseElements: (!failed && operation.trail?.response?.(outcome.output)) || null,
    requestID: call.requestId,
    eventID: randomUUID(),
    readOnly: operation.trail?.readOnly ?? /^(Get|List|Describe|Lookup|BatchGet)/.test(operation.name),
    ...(resources.length > 0 && { resources }),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: call.accountId,
    ...(endpoint && { vpcEndpointId: endpoint.endpointId, vpcEndpointAccountId: endpoint.accountId }),
    eventCategory: "Management",
  };
}

/** ISO 8601 in whole seconds, as CloudTrail writes times. */
export function eventTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function errorMembers(error: unknown): { errorCode: string; errorMessage: string } {
  if (!(error instanceof ApiError)) return { errorCode: "InternalFailure", errorMessage: "Internal failure" };
  const errorCode = error.code === "AccessDeniedException" ? "AccessDenied" : error.code;
  return { errorCode, errorMessage: error.message };
}

function serviceName({ principal }: Caller): string | undefined {
  return principal.kind === "service" ? principal.service : undefined;
}

function userIdentity(caller: Caller): Record<string, unknown> {
  const { principal, accountId, userId: principalId, accessKeyId } = caller;
  switch (principal.kind) {
    case "service":
      return { type: "AWSService" };
    case "federated":
      return { type: "WebIdentityUser", principalId, identityProvider: principal.provider };
    case "anonymous":
      return { type: "Unknown", principalId };
    case "root":
      return { type: "Root", principalId, arn: `arn:aws:iam::${accountId}:root`, accountId, accessKeyId };
    case "user":
      return {
        type: "IAMUser",
        principalId,
        arn: principal.arn,
        accountId,
        accessKeyId,
        userName: caller.user?.name,
      };
    case "role-session":
      return {
        type: "AssumedRole",
        principalId,
        arn: principal.sessionArn,
        accountId,
        accessKeyId,
        sessionContext: sessionContext(caller, principal.roleArn),
      };
  }
}

function sessionContext({ session, accountId, userId }: Caller, roleArn: string): Record<string, unknown> {
  return {
    sessionIssuer: {
      type: "Role",
      principalId: userId.split(":")[0],
      arn: roleArn,
      accountId,
      userName: roleArn.slice(roleArn.lastIndexOf("/") + 1),
    },
    ...(session && {
      attributes: { creationDate: eventTime(session.issuedAt), mfaAuthenticated: "false" },
      ...(session.sourceIdentity !== undefined && { sourceIdentity: session.sourceIdentity }),
    }),
  };
}

/** What is recorded of a request; undefined when it never got as far as an input, or nothing of it is. */
export function recordedRequest(
  operation: Operation,
  input: unknown,
): Readonly<Record<string, unknown>> | undefined {
  return (input !== undefined && operation.trail?.request?.(input)) || undefined;
}
