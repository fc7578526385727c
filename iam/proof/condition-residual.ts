import { RequestContext } from "../access-request";
import { ConditionTest } from "../conditions/condition-block";
import { readOperatorName } from "../conditions/operator-name";
import { CannotTell } from "./answer";
import { Atom, atomOf, literalAtom } from "./atom";
import { captures } from "./captures";
import { writtenKey } from "./condition-text";
import { hasSymbolicValue, identityOf, variablesOf } from "./document-texts";
import { keyState } from "./frame";
import { KeyDomain, KeyState, KeyValue } from "./key-domain";
import { OpenKey, OpenTest, undecidable } from "./open-test";
import { Pair } from "./pair";
import { hasSymbol } from "./symbol";
import { certainlyMatches, mayComeToMatch } from "./symbol-match";

/** What remains of a test once who asks and for what is known: true, false, or a test of the rest. */
export type Residual = boolean | OpenTest;

export function conditionResidual(test: ConditionTest, pair: Pair): Residual {
  const state = keyState(pair.frame, pair.subject, test.key);
  const variables = variablesOf(test);
  if (variables.length === 0 && state.kind === "fixed") return fixedResidual(test, state.value, {}, pair);
  if (readOperatorName(test.operator) === undefined) return unknownOperator(test, pair);
  if (state.kind === "unknown") return unknownKey(test.key, pair, identityOf(test));
  return variables.length === 0
    ? openTest(test, state, {}, [], pair)
    : relation(test, state, variables, pair);
}

function fixedResidual(test: ConditionTest, value: KeyValue, context: RequestContext, pair: Pair): Residual {
  const holds = test.holds(value === undefined ? context : { ...context, [test.key]: value });
  const name = readOperatorName(test.operator);
  if (name === undefined) return unknownOperator(test, pair);
  const given = value === undefined ? [] : typeof value === "string" ? [value] : value;
  if (name.kind === "null" || (!hasSymbolicValue(test) && !given.some(hasSymbol))) return holds;
  const isMatched = name.operator.negated === true ? !holds : holds;
  const single = isMatched && given.length === 1 ? given[0] : undefined;
  if (single !== undefined && test.values.some((pattern) => certainlyMatches(pattern, single))) return holds;
  const open =
    test.values.find((pattern) => given.some((text) => mayComeToMatch(pattern, text))) ??
    (single === undefined ? undefined : test.values[0]);
  if (open === undefined) return holds;
  const reason = `${writtenKey(test.key)} may turn out to be it`;
  return undecidable(pair.numbering, pair.frame, { kind: "value", subject: open, reason }, identityOf(test));
}

/** Variables that are fixed are replaced; one that is open makes the test one of two keys. */
function relation(test: ConditionTest, state: KeyState, variables: readonly string[], pair: Pair): Residual {
  const context: Record<string, string | readonly string[]> = {};
  const open: { readonly key: string; readonly domain: KeyDomain }[] = [];
  for (const key of variables) {
    const variable = keyState(pair.frame, pair.subject, key);
    if (variable.kind === "unknown") return unknownKey(key, pair, identityOf(test));
    if (variable.kind === "free") open.push({ key, domain: variable.domain });
    else if (variable.value !== undefined) context[key] = variable.value;
  }
  if (open.length === 0 && state.kind === "fixed") return fixedResidual(test, state.value, context, pair);
  if (open.length === 0) return openTest(test, state, context, [], pair);
  if (open.length > 1) return unknownRelation(test, pair);
  return state.kind === "fixed"
    ? variableOfFixed(test, state.value, context, open[0]!, pair)
    : equality(test, state, context, open[0]!, pair);
}

/** The key is known and the variable is not: the variable must be one of the pieces of the key's value. */
function variableOfFixed(
  test: ConditionTest,
  value: KeyValue,
  context: RequestContext,
  variable: { readonly key: string; readonly domain: KeyDomain },
  pair: Pair,
): Residual {
  const given = value === undefined ? [] : typeof value === "string" ? [value] : value;
  const atoms: Atom[] = [];
  for (const text of given) {
    for (const pattern of test.values) {
      const pieces = captures(pattern, variable.key, text, context);
      if (pieces === undefined) return unknownRelation(test, pair);
      atoms.push(
        ...pieces.flatMap((piece) => [piece, piece.toLowerCase(), piece.toUpperCase()]).map(literalAtom),
      );
    }
  }
  const fixed = value === undefined ? context : { ...context, [test.key]: value };
  return openTest(test, { kind: "fixed", value }, fixed, [{ ...variable, atoms }], pair);
}

/** Both are open: exact for a value that is the variable and nothing else. */
function equality(
  test: ConditionTest,
  state: KeyState,
  context: RequestContext,
  variable: { readonly key: string; readonly domain: KeyDomain },
  pair: Pair,
): Residual {
  const isWhole = test.values.every((value) => value.trim().toLowerCase() === `\${${variable.key}}`);
  if (!isWhole || !/^(For(All|Any)Value[s]?:)?String(Not)?Equals(IfExists)?$/.test(test.operator)) {
    return unknownRelation(test, pair);
  }
  return openTest(test, state, context, [{ ...variable, atoms: [] }], pair);
}

function openTest(
  test: ConditionTest,
  state: KeyState,
  context: RequestContext,
  others: readonly OpenKey[],
  { frame, subject, numbering }: Pair,
): OpenTest {
  const fixedPart = Object.keys(context).length === 0 ? "" : JSON.stringify(context);
  const text = `${frame.route} ${identityOf(test)} ${fixedPart}`;
  return numbering.testFor(`${text} ${subject.domain} ${frame.action}`, () => {
    const own: readonly OpenKey[] =
      state.kind === "free" ? [{ key: test.key, domain: state.domain, atoms: atomsOf(test, context) }] : [];
    const keys = [...own, ...others];
    return { id: numbering.of(text), keys, frame, holds: holdsWith(test, context, keys) };
  });
}

function holdsWith(
  test: ConditionTest,
  context: RequestContext,
  keys: readonly OpenKey[],
): OpenTest["holds"] {
  const names = keys.map(({ key }) => key);
  return (valueOf) => {
    const full: Record<string, string | readonly string[]> = { ...context };
    for (const name of names) {
      const value = valueOf(name);
      if (value !== undefined) full[name] = value;
    }
    return test.holds(full);
  };
}

function atomsOf({ operator, values, variables }: ConditionTest, context: RequestContext): readonly Atom[] {
  return values.flatMap((value) => atomOf(operator, value, variables, context) ?? []);
}

function unknownOperator(test: ConditionTest, pair: Pair): OpenTest {
  const cannotTell: CannotTell = {
    kind: "operator",
    subject: test.operator,
    reason: "AWS knows no such operator",
  };
  return undecidable(pair.numbering, pair.frame, cannotTell, identityOf(test));
}

function unknownKey(key: string, pair: Pair, apart: string): OpenTest {
  const cannotTell: CannotTell = {
    kind: "condition-key",
    subject: writtenKey(key),
    reason: "it is not known when a request has this key",
  };
  return undecidable(pair.numbering, pair.frame, cannotTell, apart);
}

function unknownRelation(test: ConditionTest, pair: Pair): OpenTest {
  const cannotTell: CannotTell = {
    kind: "relation",
    subject: `${test.operator} ${writtenKey(test.key)} ${test.values.join(", ")}`,
    reason: "the variables in it are open too",
  };
  return undecidable(pair.numbering, pair.frame, cannotTell, identityOf(test));
}
