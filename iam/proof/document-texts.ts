import { StatementParts } from "../compiled-statement";
import { ConditionTest } from "../conditions/condition-block";
import { parseTemplate } from "../policy-variables";
import { OneOrMore } from "../policy-document";
import { hasSymbol } from "./symbol";

/** What of a statement's text is asked for again and again, read once. */
export interface StatementTexts {
  readonly resources: readonly string[];
  /** Keys of the variables in `resources`, in lower case. */
  readonly resourceVariables: readonly string[];
  /** ARNs and `*` of `Principal` or `NotPrincipal`. */
  readonly principals: readonly string[];
}

/** What of a statement's text is not known yet, in part or whole. */
export interface SymbolicTexts {
  readonly resource: boolean;
  readonly principal: boolean;
}

const statements = new WeakMap<StatementParts, StatementTexts>();
const variables = new WeakMap<ConditionTest, readonly string[]>();
const symbolicTexts = new WeakMap<StatementParts, SymbolicTexts>();
const symbolic = new WeakMap<ConditionTest, boolean>();
const identities = new WeakMap<ConditionTest, string>();
const NONE: readonly string[] = [];

export function textsOf(parts: StatementParts): StatementTexts {
  let known = statements.get(parts);
  if (known === undefined) {
    known = readTexts(parts);
    statements.set(parts, known);
  }
  return known;
}

function readTexts({ statement, variables: hasVariables }: StatementParts): StatementTexts {
  const resources = listOf(statement.Resource ?? statement.NotResource);
  const element = statement.Principal ?? statement.NotPrincipal;
  return {
    resources,
    resourceVariables: hasVariables ? keysIn(resources) : NONE,
    principals: element === "*" ? ["*"] : listOf(element?.AWS),
  };
}

/** Whether some resource, and some principal, of the statement has a symbol. */
export function symbolicTextsOf(parts: StatementParts): SymbolicTexts {
  let known = symbolicTexts.get(parts);
  if (known === undefined) {
    const { resources, principals } = textsOf(parts);
    known = { resource: resources.some(hasSymbol), principal: principals.some(hasSymbol) };
    symbolicTexts.set(parts, known);
  }
  return known;
}

/** Keys of the variables in a condition's values, in lower case. */
export function variablesOf(test: ConditionTest): readonly string[] {
  let known = variables.get(test);
  if (known === undefined) {
    known = test.variables && hasOwnVariables(test.operator) ? keysIn(test.values) : NONE;
    variables.set(test, known);
  }
  return known;
}

/** Whether a value of the condition is not known yet, in part or whole. */
export function hasSymbolicValue(test: ConditionTest): boolean {
  let known = symbolic.get(test);
  if (known === undefined) symbolic.set(test, (known = test.values.some(hasSymbol)));
  return known;
}

/** The same text for tests that ask the same. */
export function identityOf(test: ConditionTest): string {
  let known = identities.get(test);
  if (known === undefined) {
    known = JSON.stringify([
      test.operator,
      test.key,
      test.values,
      test.variables && variablesOf(test).length > 0,
    ]);
    identities.set(test, known);
  }
  return known;
}

/** Of the other operators a value with `${...}` is no number, time or address, and matches nothing. */
function hasOwnVariables(operator: string): boolean {
  return /String|Arn|Bool/.test(operator);
}

function keysIn(texts: readonly string[]): readonly string[] {
  const keys = texts.flatMap((text) =>
    text.includes("${")
      ? parseTemplate(text, true, true).flatMap((part) => (part.kind === "variable" ? [part.key] : []))
      : [],
  );
  return keys.length === 0 ? NONE : [...new Set(keys)];
}

function listOf(values: OneOrMore | undefined): readonly string[] {
  return values === undefined ? NONE : typeof values === "string" ? [values] : values;
}
