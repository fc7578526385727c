import { RequestContext } from "../access-request";
import { readOperatorName } from "../conditions/operator-name";
import { textOf, tokenizeLiteral } from "../glob";
import { parseTemplate, resolveTemplate, Template } from "../policy-variables";
import { arnCells, Cells, globCells, ignoringCase } from "./pattern-cells";

/** What kind of comparison an operator makes. */
export type Family = "text" | "number" | "time" | "address";

/** One value of a policy that cuts the values of a key in two: those that it means and the others. */
export interface Atom {
  readonly family: Family;
  /** For people: `vpce-1*`, `< 3600`. */
  readonly text: string;
  readonly matches: (value: string) => boolean;
  /** Of the family `text`. */
  readonly cells?: Cells;
  /** Of the other families: the number, time or range as the policy has it. */
  readonly bound?: string;
}

const SIGNS: Readonly<Record<string, string>> = {
  LessThanEquals: "<= ",
  LessThan: "< ",
  GreaterThanEquals: ">= ",
  GreaterThan: "> ",
};

/**
 * The atom of one value under an operator, its variables replaced; `undefined` when the operator compares nothing
 * (`Null`), or a variable has no value, so that nothing is meant.
 */
export function atomOf(
  operator: string,
  value: string,
  variables: boolean,
  context: RequestContext,
): Atom | undefined {
  if (variables && value.includes("${")) return makeAtom(operator, value, variables, context);
  const key = `${operator} ${value}`;
  if (!atoms.has(key)) {
    if (atoms.size >= MOST_ATOMS) atoms.clear();
    atoms.set(key, makeAtom(operator, value, false, {}));
  }
  return atoms.get(key);
}

/** Of values without variables. */
const atoms = new Map<string, Atom | undefined>();
const MOST_ATOMS = 10_000;

function makeAtom(
  operator: string,
  value: string,
  variables: boolean,
  context: RequestContext,
): Atom | undefined {
  const name = readOperatorName(operator);
  if (name === undefined || name.kind === "null") return undefined;
  const base = name.operator.name;
  const matcher = name.operator.compileValue(value, variables);
  const matches = (text: string) => matcher(text, context);
  const family = familyOf(base);
  if (family !== "text") {
    const sign = Object.keys(SIGNS).find((suffix) => base.endsWith(suffix));
    return { family, text: (sign === undefined ? "" : SIGNS[sign]!) + value, matches, bound: value };
  }
  return textAtom(
    base,
    parseTemplate(value, variables && base !== "BinaryEquals", hasWildcards(base)),
    matches,
    context,
  );
}

function textAtom(
  base: string,
  template: Template,
  matches: Atom["matches"],
  context: RequestContext,
): Atom | undefined {
  const tokens = resolveTemplate(template, context);
  if (tokens === undefined) return undefined;
  const text = textOf(tokens);
  if (base.startsWith("Arn")) {
    const cells = arnCells(tokens);
    return cells && { family: "text", text, matches, cells };
  }
  const cells = globCells(tokens);
  const ignoresCase = base === "Bool" || base.endsWith("IgnoreCase");
  return { family: "text", text, matches, cells: ignoresCase ? ignoringCase(cells) : cells };
}

/** The same for two atoms that match the same values. A star is one thing in a glob and another in a literal. */
export function atomKey(atom: Atom): string {
  let key = keys.get(atom);
  if (key === undefined) {
    const { family, text, cells } = atom;
    keys.set(atom, (key = `${family} ${text} ${JSON.stringify(cells)}`));
  }
  return key;
}

const keys = new WeakMap<Atom, string>();

const literals = new Map<string, Atom>();

/** The atom of exactly this text. */
export function literalAtom(literal: string): Atom {
  let atom = literals.get(literal);
  if (atom === undefined) {
    if (literals.size >= MOST_ATOMS) literals.clear();
    const cells = globCells(tokenizeLiteral(literal));
    atom = { family: "text", text: literal, matches: (value) => value === literal, cells };
    literals.set(literal, atom);
  }
  return atom;
}

function hasWildcards(base: string): boolean {
  return /^(Arn|StringLike|StringNotLike)/.test(base);
}

function familyOf(base: string): Family {
  if (base.startsWith("Numeric")) return "number";
  if (base.startsWith("Date")) return "time";
  return base === "IpAddress" || base === "NotIpAddress" ? "address" : "text";
}
