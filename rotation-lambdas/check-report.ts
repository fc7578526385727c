import { RotationErrorCode } from "./rotation-error";

/** What one check found. */
export interface Check {
  readonly name: CheckName;
  /** `unknown`: an earlier check failed, or there is nothing to check. */
  readonly result: "passed" | "failed" | "unknown";
  /** Holds no secret. */
  readonly detail: string;
  /** Present when it failed: the page of docs/runbooks. */
  readonly code?: RotationErrorCode | "internal";
}

/** In the order in which they run. */
export const checkNames = [
  "describe permission",
  "rotation enabled",
  "read permission and key",
  "store permission",
  "promote permission",
  "secret value",
  "password settings",
  "TLS settings",
  "network port",
  "TLS",
  "login",
  "server version",
  "change rights",
  "password policy",
  "leftover version",
] as const;

export type CheckName = (typeof checkNames)[number];

/** What the function answers to an event with Step `check`. */
export interface PreflightReport {
  readonly secretArn: string;
  readonly strategy: string;
  readonly checks: readonly Check[];
}
