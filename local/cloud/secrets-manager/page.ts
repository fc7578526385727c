import { ApiError } from "../core/api-error";

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The member `NextToken`, when there is more. */
  readonly rest: { readonly NextToken?: string };
}

/** @throws ApiError InvalidNextTokenException when the token is not one a list gave */
export function pageOf<T>(
  all: readonly T[],
  { MaxResults, NextToken }: { readonly MaxResults?: number; readonly NextToken?: string },
  defaultSize: number,
): Page<T> {
  const start = NextToken === undefined ? 0 : readToken(NextToken);
  const end = start + (MaxResults ?? defaultSize);
  const items = all.slice(start, end);
  return { items, rest: end < all.length ? { NextToken: writeToken(end) } : {} };
}

function writeToken(start: number): string {
  return Buffer.from(`start:${start}`).toString("base64url");
}

function readToken(token: string): number {
  const match = /^start:(\d+)$/.exec(Buffer.from(token, "base64url").toString());
  if (!match) throw new ApiError("InvalidNextTokenException", "The NextToken value is invalid.");
  return Number(match[1]);
}
