import { ConditionOperator } from "./operator-family";
import { stringOperators } from "./string-operators";

const ignoringCase = stringOperators.find(({ name }) => name === "StringEqualsIgnoreCase")!;

/**
 * `true` and `false` without regard to case; anything else in the request matches neither.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
export const boolOperators: readonly ConditionOperator[] = [
  {
    name: "Bool",
    compileValue: (policyValue, variables) => {
      const matches = ignoringCase.compileValue(policyValue, variables);
      return (value, context) => /^(true|false)$/i.test(value) && matches(value, context);
    },
  },
];
