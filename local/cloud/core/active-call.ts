import { randomUUID } from "crypto";
import { Decision, decide, RequestContext } from "../../../iam";
import { accessDeniedMessage } from "./access-denied";
import { ApiError } from "./api-error";
import { Caller, callerArn } from "./caller";
import { Clock } from "./clock";
import { CallHost, RequestRoot } from "./dispatch-request";
import { Authorization, Call, Operation, RequestEndpoint, Service } from "./operation";
import { CallerWorld, callerWorld, policyWorld } from "./policy-world";
import { callerContext, requestContext, RequestRoute } from "./request-context";
import { Sealer } from "./sealed";
import { Store } from "./store";

/** One request on its way through one operation. */
export class ActiveCall implements Call {
  readonly requestId: string;
  readonly decisions: { action: string; resource: string; decision: Decision }[] = [];
  private world?: CallerWorld;
  private base?: RequestContext;

  constructor(
    private readonly host: CallHost,
    readonly service: Service,
    readonly operation: Operation,
    readonly caller: Caller,
    readonly route: RequestRoute,
    readonly root: RequestRoot,
    /** The account that a service works in, for requests of AWS services. */
    private readonly serviceAccountId?: string,
    requestId?: string,
  ) {
    this.requestId = requestId ?? randomUUID();
  }

  get principal() {
    return this.caller.principal;
  }

  get accountId(): string {
    return this.serviceAccountId ?? this.caller.accountId;
  }

  get callerArn(): string {
    return callerArn(this.caller, this.partition);
  }

  get callerId(): string {
    return this.caller.userId;
  }

  get accessKeyId(): string | undefined {
    return this.caller.accessKeyId;
  }

  get region(): string {
    return this.route.region;
  }

  get partition(): string {
    return this.route.partition;
  }

  get endpoint(): RequestEndpoint | undefined {
    return this.route.endpoint;
  }

  get viaService(): string | undefined {
    return this.route.calledVia.at(-1);
  }

  get store(): Store {
    return this.host.store;
  }

  get sealer(): Sealer {
    return this.host.sealer;
  }

  get clock(): Clock {
    return this.host.clock;
  }

  forward<O>(target: { service: string; operation: string; region: string }, input: unknown): O {
    const { endpoint: _, ...route } = this.route;
    const calledVia = [...route.calledVia, this.service.signingName];
    return this.host.run({
      ...target,
      caller: this.caller,
      route: { ...route, region: target.region, calledVia },
      root: this.root,
      input,
    }) as O;
  }

  asService(target: Parameters<Call["asService"]>[0], input: unknown): Promise<unknown> {
    return this.host.asService(this.service.eventSource, target, input);
  }

  isAllowed(authorization: Authorization): boolean {
    return this.decide(authorization).allowed;
  }

  require(authorization: Authorization): void {
    const decision = this.decide(authorization);
    if (decision.allowed) return;
    const { code, status } = this.service.accessDenied ?? { code: "AccessDeniedException", status: 400 };
    const { action, resource } = authorization;
    throw new ApiError(
      code,
      accessDeniedMessage(this.callerArn, action, resource.arn, decision.because),
      status,
    );
  }

  private decide(authorization: Authorization): Decision {
    this.world ??= callerWorld(this.caller, this.store, this.endpoint);
    this.base ??= callerContext(this.caller, this.route, this.store);
    const { action, resource } = authorization;
    const context = requestContext(this.base, authorization, this.caller, this.route, this.store);
    const decision = decide(
      { principal: this.principal, action, resource, context },
      policyWorld(this.world, authorization, this.store),
    );
    this.decisions.push({ action, resource: resource.arn, decision });
    return decision;
  }
}
