import { ValueMatcher, ConditionOperator } from "./operator-family";

/**
 * Integers and decimal fractions. Text that is no number, on either side, matches nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
export const numericOperators: readonly ConditionOperator[] = [
  { name: "NumericEquals", compileValue: comparing((request, policy) => request === policy) },
  {
    name: "NumericNotEquals",
    negated: true,
    compileValue: comparing((request, policy) => request === policy),
  },
  { name: "NumericLessThan", compileValue: comparing((request, policy) => request < policy) },
  { name: "NumericLessThanEquals", compileValue: comparing((request, policy) => request <= policy) },
  { name: "NumericGreaterThan", compileValue: comparing((request, policy) => request > policy) },
  { name: "NumericGreaterThanEquals", compileValue: comparing((request, policy) => request >= policy) },
];

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

function comparing(compare: (request: number, policy: number) => boolean) {
  return (policyValue: string): ValueMatcher => {
    const policy = toNumber(policyValue);
    return (value) => compare(toNumber(value), policy);
  };
}

/** NaN compares as false with everything. */
function toNumber(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}
