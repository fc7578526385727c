import { StatementParts } from "../compiled-statement";
import { ConditionTest } from "../conditions/condition-block";
import { parseTemplate } from "../policy-variables";
import { OneOrMore } from "../policy-document";

/** What of a statement's text is asked for again and again, read once. */
export interface StatementTexts {
  readonly resources: readonly string[];
  /** Keys of the variables in `resources`, in lower case. */
  readonly resourceVariables: readonly string[];
  /** ARNs and `*` of `Principal` or `NotPrincipal`. */
  readonly principals: readonly string[];
}

const statements = new WeakMap<StatementParts, StatementTexts>();
const variables = new WeakMap<ConditionTest, readonly string[]>();
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

/** Keys of the variables in a condition's values, in lower case. */
export function variablesOf(test: ConditionTest): readonly string[] {
  let known = variables.get(test);
  if (known === undefined) {
    known = test.variables && hasOwnVariables(test.operator) ? keysIn(test.values) : NONE;
    variables.set(test, known);
  }
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
