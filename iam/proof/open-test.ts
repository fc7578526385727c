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
  readonly frame: Pick<Frame, "route">;
  readonly holds: (valueOf: (key: string) => KeyValue) => boolean;
  readonly cannotTell?: CannotTell;
}

/** The same for tests that ask the same and leave the same values open. */
export function openTestKey(test: OpenTest): string {
  let known = testKeys.get(test);
  if (known === undefined) {
    const domains = test.keys.map(({ key, domain }) => [key, domain]);
    testKeys.set(test, (known = `${test.id} ${test.frame.route} ${JSON.stringify(domains)}`));
  }
  return known;
}

const testKeys = new WeakMap<OpenTest, string>();

/** Numbers for texts, the same for the same. */
export class Numbering {
  private readonly numbers = new Map<string, number>();
  private readonly tests = new Map<string, OpenTest>();

  of(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(text, number);
    }
    return number;
  }

  /** The test that was made for this text, or else is made now. */
  testFor(text: string, make: () => OpenTest): OpenTest {
    let test = this.tests.get(text);
    if (test === undefined) this.tests.set(text, (test = make()));
    return test;
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
