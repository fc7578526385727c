import { recordEvent } from "../cloudtrail/event-log";
import { ActiveCall } from "./active-call";
import { ApiError } from "./api-error";
import { CallList } from "./call-list";
import { callerArn, callerOf } from "./caller";
import { Clock } from "./clock";
import { CallHost, DispatchRequest, RequestRoot } from "./dispatch-request";
import { Fault, Faults, ReplyLost, throwFaults } from "./faults";
import { Call, Operation, Service } from "./operation";
import { Quotas } from "./quotas";
import { Sealer } from "./sealed";
import { violationMessage } from "./shape";
import { Store } from "./store";
import { Outcome, recordedRequest, trailEvents } from "./trail-event";

/** Takes requests through shape, permission, transaction and record. */
export class Dispatcher implements CallHost {
  readonly faults = new Faults();
  readonly calls = new CallList();
  private readonly services: ReadonlyMap<string, Service>;

  constructor(
    services: readonly Service[],
    readonly store: Store,
    readonly clock: Clock,
    readonly sealer: Sealer,
    private readonly partition: string,
    private readonly quotas?: Quotas,
  ) {
    this.services = new Map(services.map((service) => [service.signingName, service]));
  }

  /** Runs a request that comes from outside and keeps its CloudTrail records. */
  async request(request: Omit<DispatchRequest, "root">): Promise<unknown> {
    const root: RequestRoot = { eventsToKeep: [] };
    try {
      return await this.run({ ...request, root });
    } finally {
      this.keepEvents(root);
    }
  }

  /** Runs an operation as an AWS service. */
  asService(caller: string, target: Parameters<Call["asService"]>[0], input: unknown): Promise<unknown> {
    const { service, operation, region, accountId, sourceArn } = target;
    const sourceAccount = sourceArn.split(":")[4] || accountId;
    const now = this.clock.now();
    return this.request({
      service,
      operation,
      caller: callerOf({ kind: "service", service: caller }, this.store),
      route: { region, partition: this.partition, now, calledVia: [], sourceArn, sourceAccount },
      input,
      serviceAccountId: accountId,
    });
  }

  /** Runs one operation; the answer is a promise only when the operation's is. */
  run(request: DispatchRequest): unknown {
    const { service, operation } = this.find(request.service, request.operation);
    const { caller, route, root, serviceAccountId, requestId } = request;
    const call = new ActiveCall(this, service, operation, caller, route, root, serviceAccountId, requestId);
    const faults = this.faults.take(request.service, request.operation);
    const delay = call.route.calledVia.length === 0 ? delayOf(faults) : 0;
    let input: unknown;
    const fail = (error: unknown): never => {
      this.finish(call, { input, error });
      throw error;
    };
    const succeed = (output: unknown): unknown => {
      this.finish(call, { input, output });
      if (faults.some(({ kind }) => kind === "reply-lost")) throw new ReplyLost("The reply is lost.");
      return output;
    };
    try {
      throwFaults(faults);
      // Charged to whoever calls from outside; what a service forwards has been counted.
      if (call.route.calledVia.length === 0)
        this.quotas?.take(call.accountId, call.region, operation.name, service.quotas);
      input = checkedInput(operation, service, request.input);
      for (const authorization of operation.authorize(input, call)) call.require(authorization);
      const output = this.store.transaction(() => operation.run(input, call));
      if (!(output instanceof Promise)) return later(delay, () => succeed(output));
      return output.then((value) => later(delay, () => succeed(value)), fail);
    } catch (error) {
      if (error instanceof ReplyLost) throw error;
      return fail(error);
    }
  }

  /** The service of that signing name. */
  service(signingName: string): Service | undefined {
    return this.services.get(signingName);
  }

  private find(name: string, operationName: string): { service: Service; operation: Operation } {
    const service = this.services.get(name);
    const operation = service?.operations.find((candidate) => candidate.name === operationName);
    if (service && operation) return { service, operation };
    throw new ApiError("InvalidAction", `${name}:${operationName} is not modelled by the local cloud.`, 501);
  }

  private finish(call: ActiveCall, outcome: Outcome): void {
    const { error } = outcome;
    const request = recordedRequest(call.operation, outcome.input);
    this.calls.add({
      requestId: call.requestId,
      time: new Date(this.clock.now()).toISOString(),
      service: call.service.signingName,
      operation: call.operation.name,
      region: call.region,
      caller: callerArn(call.caller, call.partition),
      ...(call.endpoint && { endpointId: call.endpoint.endpointId }),
      ...(call.route.calledVia.length > 0 && { calledVia: call.route.calledVia }),
      ...(request && { request }),
      decisions: call.decisions,
      ...(error !== undefined && { error: describe(error) }),
    });
    for (const event of trailEvents(call, outcome)) {
      call.root.eventsToKeep.push({ accountId: event.recipientAccountId, event });
    }
  }

  /** A state that cannot be written refuses changes; it does not stop reads from being answered. */
  private keepEvents({ eventsToKeep }: RequestRoot): void {
    try {
      this.store.transaction(() => {
        for (const { accountId, event } of eventsToKeep)
          recordEvent(this.store, accountId, event, this.clock.now());
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
}

/** Only requests from outside are delayed: a forwarded one is answered at once or not at all. */
function delayOf(faults: readonly Fault[]): number {
  const delay = faults.find(({ kind }) => kind === "delay");
  return delay ? (delay.delayMilliseconds ?? 1000) : 0;
}

function later(milliseconds: number, finish: () => unknown): unknown {
  if (milliseconds === 0) return finish();
  return new Promise((resolve) => setTimeout(resolve, milliseconds)).then(finish);
}

function checkedInput(operation: Operation, service: Service, value: unknown): unknown {
  const result = operation.input.check(value ?? {}, "");
  if (result.ok) return result.value;
  const isQuery = service.protocol.kind === "aws-query";
  if ("malformed" in result)
    throw new ApiError(isQuery ? "MalformedInput" : "SerializationException", result.malformed);
  throw new ApiError(
    isQuery ? "ValidationError" : "ValidationException",
    violationMessage(result.violations),
  );
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof ApiError) return { code: error.code, message: error.message };
  return { code: "InternalFailure", message: (error as Error).message };
}
