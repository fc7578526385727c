import { RequestPrincipal } from "../access-request";
import { Conjunction, Who } from "./answer";
import type { Frame } from "./frame";
import { KeyState } from "./key-domain";
import { Levels, WorldDocument } from "./world";

/** One caller: a named principal, or one that stands for a part of a class. */
export interface Subject {
  readonly who: Who;
  readonly principal: RequestPrincipal;
  /** Keys that who it is decides or leaves open; `undefined` for all other keys. */
  readonly key: (key: string, frame: Frame) => KeyState | undefined;
  /** Keys of its tags, `aws:principaltag/team`, which every request of it has. */
  readonly tagKeys?: readonly string[];
  readonly identity: readonly WorldDocument[];
  readonly boundary?: WorldDocument;
  readonly session?: readonly WorldDocument[];
  readonly scps?: Levels;
  /** Subjects of the same text leave the same keys open, with the same values. */
  readonly domain: string;
  /** How it differs from the others of its class. */
  readonly label: Conjunction;
}
