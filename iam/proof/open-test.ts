import { CannotTell } from "./answer";
import { Atom } from "./atom";
import type { Frame } from "./frame";
import { KeyDomain, KeyValue } from "./key-domain";

/** What a test asks of one key that is open. */
export interface OpenKey {
  readonly key: string;
  readonly domain: KeyDomain;
  /** How the policy cuts the key's values. */
  readonly atoms: readonly Atom[];
}

/** A test of a statement that who asks for what does not decide. */
export interface OpenTest {
  /** Tests of the same id ask the same of the same values. */
  readonly id: number;
  /** The keys that decide it; none when it cannot be told. */
  readonly keys: readonly OpenKey[];
  readonly frame: Frame;
  readonly holds: (valueOf: (key: string) => KeyValue) => boolean;
  readonly cannotTell?: CannotTell;
}

/** Numbers for texts, the same for the same. */
export class Numbering {
  private readonly numbers = new Map<string, number>();

  of(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(text, number);
    }
    return number;
  }
}

/** A test of which nothing is known. */
export function undecidable(
  numbering: Numbering,
  frame: Frame,
  cannotTell: CannotTell,
  apart = "",
): OpenTest {
  const { kind, subject } = cannotTell;
  const id = numbering.of(`? ${kind} ${subject} ${apart}`);
  return { id, keys: [], frame, holds: () => false, cannotTell };
}
