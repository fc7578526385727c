import { contextValue } from "../context-value";
import { RequestContext } from "../access-request";
import { ConditionBlock, ConditionValues } from "../policy-document";
import { ValueMatcher } from "./operator-family";
import { OperatorName, readOperatorName } from "./operator-name";

/** One operator on one key of a block, ready to be asked. */
export interface ConditionTest {
  /** As the document writes it: `ForAnyValue:StringLike`. */
  readonly operator: string;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
  /** Whether `${...}` in the values stands for a variable. */
  readonly variables: boolean;
  readonly holds: (context: RequestContext) => boolean;
}

type ContextTest = ConditionTest["holds"];

type Comparison = Extract<OperatorName, { kind: "comparison" }>;

/**
 * All operators and all keys of the block must hold. An operator that AWS does not know never holds.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function compileConditions(
  block: ConditionBlock | undefined,
  variables: boolean,
): readonly ConditionTest[] {
  return Object.entries(block ?? {}).flatMap(([name, keys]) => {
    const operator = readOperatorName(name);
    return Object.entries(keys).map(([writtenKey, given]) => {
      const key = writtenKey.toLowerCase();
      const values = valuesOf(given);
      const holds = operator === undefined ? () => false : compileTest(operator, key, values, variables);
      return { operator: name, key, values, variables, holds };
    });
  });
}

/** The values of a key as text, also when there is one without brackets. */
export function valuesOf(values: ConditionValues): readonly string[] {
  return Array.isArray(values) ? values.map(String) : [String(values)];
}

function compileTest(
  name: OperatorName,
  key: string,
  policyValues: readonly string[],
  variables: boolean,
): ContextTest {
  if (name.kind === "null") return compileNull(key, policyValues);
  const values = policyValues.map((value) => name.operator.compileValue(value, variables));
  const holds = compileValueTest(name, values);
  const whenAbsent = valueWhenAbsent(name);
  return (context) => {
    const present = contextValue(context, key);
    if (typeof present === "string") {
      return present === "" && name.set !== undefined ? whenAbsent : holds.one(present, context);
    }
    if (present === undefined || present.length === 0) return whenAbsent;
    return holds.many(present, context);
  };
}

/**
 * `"true"` asks for an absent key, `"false"` for a present one with a value.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
 */
function compileNull(key: string, policyValues: readonly string[]): ContextTest {
  const wanted = policyValues.map((value) => value.toLowerCase());
  return (context) => {
    const value = contextValue(context, key);
    return wanted.includes(String(value === undefined || value.length === 0));
  };
}

/**
 * `ForAllValues` holds for an empty set and `ForAnyValue` does not, whatever else the name says; `IfExists` and
 * negated operators hold for an absent key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function valueWhenAbsent(name: Comparison): boolean {
  if (name.set !== undefined) return name.set === "ForAllValues" || name.ifExists;
  return name.ifExists || name.operator.negated === true;
}

interface ValueTest {
  readonly one: (value: string, context: RequestContext) => boolean;
  readonly many: (values: readonly string[], context: RequestContext) => boolean;
}

/**
 * One request value against several policy values is "any of them", negated "none of them". Several request values
 * without a set operator, which AWS tells not to write, are read as one match anywhere.
 */
function compileValueTest(name: Comparison, policyValues: readonly ValueMatcher[]): ValueTest {
  const matchesAny = compileAny(policyValues);
  const one: ValueTest["one"] = name.operator.negated
    ? (value, context) => !matchesAny(value, context)
    : matchesAny;
  switch (name.set) {
    case "ForAllValues":
      return { one, many: (values, context) => values.every((value) => one(value, context)) };
    case "ForAnyValue":
      return { one, many: (values, context) => values.some((value) => one(value, context)) };
    case undefined:
      return {
        one,
        many: name.operator.negated
          ? (values, context) => values.every((value) => one(value, context))
          : (values, context) => values.some((value) => one(value, context)),
      };
  }
}

function compileAny(values: readonly ValueMatcher[]): ValueTest["one"] {
  if (values.length === 1) return values[0]!;
  return (value, context) => values.some((matches) => matches(value, context));
}
