import { randomUUID } from "crypto";
import { RequestPrincipal } from "../../../iam";
import { recordEvent } from "../cloudtrail/event-log";
import { installAccounts } from "./accounts";
import { AccountsFile } from "./accounts-file";
import { CallList } from "./call-list";
import { Caller, callerOf } from "./caller";
import { CloudClock } from "./cloud-clock";
import { Dispatcher } from "./dispatcher";
import { Faults } from "./faults";
import { MemoryStore } from "./memory-store";
import { Service, ServiceHost } from "./operation";
import { Quotas } from "./quotas";
import { Sealer } from "./sealed";
import { eventTime } from "./trail-event";
import { requestEndpoint } from "./vpc-endpoints";

export interface CloudOptions {
  readonly services: readonly Service[];
  readonly store: MemoryStore;
  readonly sealer: Sealer;
  readonly accounts: AccountsFile;
  readonly clock?: CloudClock;
  /** @default aws */
  readonly partition?: string;
  /** Whether calls beyond AWS's published rates are throttled. @default false */
  readonly throttles?: boolean;
  /** Where the HTTP server will listen; may be set later, before the first call. */
  readonly url?: string;
}

/** One request as tests and the HTTP layer make it. */
export interface CloudRequest {
  readonly caller: Caller | RequestPrincipal;
  /** Signing name, such as `secretsmanager`. */
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input?: unknown;
  /** The VPC endpoint it comes through. */
  readonly endpointId?: string;
  readonly sourceIp?: string;
  readonly userAgent?: string;
  readonly requestId?: string;
}

/** A whole cloud, in this process. */
export class Cloud implements ServiceHost {
  readonly clock: CloudClock;
  readonly partition: string;
  readonly store: MemoryStore;
  readonly sealer: Sealer;
  readonly services: readonly Service[];
  url: string;
  private readonly dispatcher: Dispatcher;
  private ticking: Promise<void> | undefined;

  constructor(private readonly options: CloudOptions) {
    this.clock = options.clock ?? new CloudClock();
    this.partition = options.partition ?? "aws";
    this.store = options.store;
    this.sealer = options.sealer;
    this.services = options.services;
    this.url = options.url ?? "http://127.0.0.1";
    const { services, throttles } = options;
    const quotas = throttles === true ? new Quotas() : undefined;
    this.dispatcher = new Dispatcher(services, this.store, this.clock, this.sealer, this.partition, quotas);
    this.install();
    for (const service of options.services) service.start?.(this);
  }

  get faults(): Faults {
    return this.dispatcher.faults;
  }

  get calls(): CallList {
    return this.dispatcher.calls;
  }

  /** @throws ApiError in the service's own words; ReplyLost when a fault swallows the answer */
  async call(request: CloudRequest): Promise<unknown> {
    const { service, operation, input, endpointId, sourceIp, userAgent, requestId } = request;
    const region = this.dispatcher.service(service)?.globalRegion ?? request.region;
    const caller = "kind" in request.caller ? callerOf(request.caller, this.store) : request.caller;
    const endpoint =
      endpointId === undefined ? undefined : requestEndpoint(this.store, endpointId, service, region);
    const { partition } = this;
    const now = this.clock.now();
    return this.dispatcher.request({
      service,
      operation,
      caller,
      route: { region, partition, now, endpoint, sourceIp, userAgent, calledVia: [] },
      input,
      requestId,
    });
  }

  asService(...[caller, target, input]: Parameters<ServiceHost["asService"]>): Promise<unknown> {
    return this.dispatcher.asService(caller, target, input);
  }

  recordServiceEvent(event: Parameters<ServiceHost["recordServiceEvent"]>[0]): void {
    const { region, accountId, ...members } = event;
    const at = this.clock.now();
    const record = {
      eventVersion: "1.11",
      userIdentity: { accountId, invokedBy: event.eventSource },
      eventTime: eventTime(at),
      awsRegion: region,
      sourceIPAddress: event.eventSource,
      userAgent: event.eventSource,
      requestParameters: null,
      responseElements: null,
      ...members,
      eventID: randomUUID(),
      readOnly: false,
      eventType: "AwsServiceEvent",
      managementEvent: true,
      recipientAccountId: accountId,
      eventCategory: "Management",
    };
    recordEvent(this.store, accountId, record, at);
  }

  /** Does the work that time has brought; calls that come meanwhile wait for the same round. */
  tick(): Promise<void> {
    this.ticking ??= this.tickServices().finally(() => {
      this.ticking = undefined;
    });
    return this.ticking;
  }

  /** Everything as it was after the first start. */
  reset(): void {
    this.faults.clear();
    this.calls.clear();
    this.store.transaction(() => {
      this.store.clear();
      this.install();
    });
  }

  /** Stops the services' own work and closes the store. */
  async stop(): Promise<void> {
    for (const service of this.services) await service.stop?.(this);
    this.store.close();
  }

  private install(): void {
    installAccounts(this.options.accounts, this.store, this.sealer, this.partition, this.clock.now());
  }

  private async tickServices(): Promise<void> {
    for (const service of this.services) await service.tick?.(this);
  }
}

/** A cloud with these services and accounts. */
export function createCloud(options: CloudOptions): Cloud {
  return new Cloud(options);
}
