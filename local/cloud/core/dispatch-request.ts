import { Caller } from "./caller";
import { Clock } from "./clock";
import { Call } from "./operation";
import { RequestRoute } from "./request-context";
import { Sealer } from "./sealed";
import { Store } from "./store";
import { TrailEvent } from "./trail-event";

/** What all calls that one request from outside sets off have in common. */
export interface RequestRoot {
  readonly eventsToKeep: { readonly accountId: string; readonly event: TrailEvent }[];
}

/** One operation to run for one caller. */
export interface DispatchRequest {
  readonly service: string;
  readonly operation: string;
  readonly caller: Caller;
  readonly route: RequestRoute;
  readonly root: RequestRoot;
  readonly input: unknown;
  /** The account that a service works in, for requests of AWS services. */
  readonly serviceAccountId?: string;
  readonly requestId?: string;
}

/** What a running call needs of the dispatcher. */
export interface CallHost {
  readonly store: Store;
  readonly clock: Clock;
  readonly sealer: Sealer;
  /** Runs one operation; the answer is a promise only when the operation's is. */
  run(request: DispatchRequest): unknown;
  /** Runs an operation as an AWS service, such as `secretsmanager.amazonaws.com`. */
  asService(caller: string, target: Parameters<Call["asService"]>[0], input: unknown): Promise<unknown>;
}
