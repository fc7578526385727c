import { ApiError } from "../core/api-error";

/** A page of KMS's lists. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The members `Truncated` and, when there is more, `NextMarker`. */
  readonly rest: { readonly Truncated: boolean; readonly NextMarker?: string };
}

/** @throws ApiError InvalidMarkerException when the marker is not one this list gave */
export function pageOf<T>(
  all: readonly T[],
  { Limit, Marker }: { readonly Limit?: number; readonly Marker?: string },
  defaultLimit: number,
): Page<T> {
  const start = Marker === undefined ? 0 : readMarker(Marker);
  const end = start + (Limit ?? defaultLimit);
  const isTruncated = end < all.length;
  return {
    items: all.slice(start, end),
    rest: { Truncated: isTruncated, ...(isTruncated && { NextMarker: writeMarker(end) }) },
  };
}

function writeMarker(start: number): string {
  return Buffer.from(`start:${start}`).toString("base64url");
}

function readMarker(marker: string): number {
  const match = /^start:(\d+)$/.exec(Buffer.from(marker, "base64url").toString());
  if (!match) throw new ApiError("InvalidMarkerException", "The marker is not valid.");
  return Number(match[1]);
}
