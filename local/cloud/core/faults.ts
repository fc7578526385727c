import { ApiError } from "./api-error";

/** A failure to be injected into calls of one operation. */
export interface Fault {
  readonly service: string;
  /** Name of the operation, or `*`. */
  readonly operation: string;
  /** The first call it strikes, counted from 1 since it was set. @default 1 */
  readonly nth?: number;
  /** How many calls it strikes from there on. @default 1 */
  readonly times?: number;
  readonly kind: FaultKind;
  /** For `delay`. @default 1000 */
  readonly delayMilliseconds?: number;
}

/** `reply-lost`: the change is made, and the connection breaks before the answer. */
export type FaultKind = "throttle" | "error" | "delay" | "reply-lost" | "key-disabled";

export const FAULT_KINDS: readonly FaultKind[] = ["throttle", "error", "delay", "reply-lost", "key-disabled"];

/** The answer of a call whose reply is lost: the HTTP layer breaks the connection instead of answering. */
export class ReplyLost extends Error {
  override readonly name = "ReplyLost";
}

/** Faults that wait for their calls. */
export class Faults {
  private readonly waiting: { readonly fault: Fault; seen: number }[] = [];

  add(fault: Fault): void {
    this.waiting.push({ fault, seen: 0 });
  }

  clear(): void {
    this.waiting.length = 0;
  }

  list(): readonly Fault[] {
    return this.waiting.map(({ fault }) => fault);
  }

  /** Counts a call and returns the faults that strike it. */
  take(service: string, operation: string): readonly Fault[] {
    const struck: Fault[] = [];
    for (const entry of this.waiting) {
      const { fault } = entry;
      if (fault.service !== service || (fault.operation !== "*" && fault.operation !== operation)) continue;
      entry.seen += 1;
      const first = fault.nth ?? 1;
      if (entry.seen >= first && entry.seen < first + (fault.times ?? 1)) struck.push(fault);
    }
    return struck;
  }
}

/** Throws for the faults that refuse a call outright. */
export function throwFaults(faults: readonly Fault[]): void {
  for (const { kind, operation } of faults) {
    if (kind === "throttle") throw new ApiError("ThrottlingException", "Rate exceeded");
    if (kind === "error") throw new ApiError("InternalFailure", `Injected failure of ${operation}`, 500);
    if (kind === "key-disabled") throw new ApiError("DisabledException", "The key is disabled.");
  }
}
