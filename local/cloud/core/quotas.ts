import { ApiError } from "./api-error";

/** How often one account may call some operations of a service in one Region, all of them together. */
export interface Quota {
  /** Names of operations. */
  readonly operations: readonly string[];
  readonly perSecond: number;
}

/** Counts calls against a service's quotas: each is a bucket that holds one second's calls and refills steadily. */
export class Quotas {
  private readonly buckets = new Map<string, { left: number; at: number }>();

  /** @param now milliseconds of real time, whatever the cloud's clock says */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @throws ApiError ThrottlingException when the account has used up its calls */
  take(accountId: string, region: string, operation: string, quotas: readonly Quota[] = []): void {
    for (const quota of quotas) {
      if (!quota.operations.includes(operation)) continue;
      const bucket = this.bucket(`${accountId}/${region}/${quota.operations.join()}`, quota.perSecond);
      if (bucket.left < 1) throw new ApiError("ThrottlingException", "Rate exceeded");
      bucket.left -= 1;
    }
  }

  private bucket(id: string, perSecond: number): { left: number; at: number } {
    const at = this.now();
    const known = this.buckets.get(id) ?? { left: perSecond, at };
    const left = Math.min(perSecond, known.left + ((at - known.at) / 1000) * perSecond);
    const bucket = { left, at };
    this.buckets.set(id, bucket);
    return bucket;
  }
}
