import { AccessRequest } from "../access-request";
import { KmsGrant } from "../decision";
import { globalKey, KeyDomain, KeyState, KeyValue, Route } from "./key-domain";
import { Subject } from "./subject";
import { Levels, WorldDocument } from "./world";

/** One request of an operation on one resource, without its caller. */
export interface Frame {
  readonly action: string;
  readonly route: Route;
  readonly region: string;
  readonly resource: AccessRequest["resource"];
  /** Condition keys that the resource and the operation decide; `undefined`: certainly absent. */
  readonly fixed: ReadonlyMap<string, KeyValue>;
  /** Condition keys that the caller chooses with the operation's parameters. */
  readonly free: ReadonlyMap<string, KeyDomain>;
  readonly policy?: WorldDocument;
  readonly grants?: readonly KmsGrant[];
  readonly rcps?: Levels;
  /** What it means when the caller is of another account than the resource. */
  readonly ofOwnAccountOnly?: "else impossible" | "else skip";
}

/** What one call of an API operation needs. */
export interface OperationFrames {
  /** Such as `GetSecretValue`. */
  readonly operation: string;
  readonly frames: readonly Frame[];
}

/** What is known of a key, in lower case, when the subject makes the frame's request. */
export function keyState(frame: Frame, subject: Subject, key: string): KeyState {
  if (frame.fixed.has(key)) return { kind: "fixed", value: frame.fixed.get(key) };
  const chosen = frame.free.get(key);
  if (chosen !== undefined) return { kind: "free", domain: chosen };
  if (key.startsWith("aws:resourcetag/")) return { kind: "fixed", value: undefined };
  return subject.key(key, frame) ?? globalKey(key, subject.principal.kind, frame.route);
}
