import { Decision } from "../../../iam";

/** What happened to one call, with each decision in full; read through the control endpoint. */
export interface CallRecord {
  readonly requestId: string;
  /** ISO 8601, of the cloud's clock. */
  readonly time: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly caller: string;
  readonly endpointId?: string;
  /** What CloudTrail records of the request; never a secret value. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** Services that forwarded the call, first to last. */
  readonly calledVia?: readonly string[];
  readonly decisions: readonly {
    readonly action: string;
    readonly resource: string;
    readonly decision: Decision;
  }[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** The latest calls, oldest first. */
export class CallList {
  private readonly records: CallRecord[] = [];

  /** @param limit how many are kept */
  constructor(private readonly limit = 2_000) {}

  add(record: CallRecord): void {
    this.records.push(record);
    if (this.records.length >= 2 * this.limit) this.records.splice(0, this.records.length - this.limit);
  }

  all(): readonly CallRecord[] {
    return this.records.slice(-this.limit);
  }

  clear(): void {
    this.records.length = 0;
  }
}
