import { ConditionOperator } from "./operator-family";

/**
 * Byte for byte, both sides in base64; padding makes no difference.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
export const binaryOperators: readonly ConditionOperator[] = [
  {
    name: "BinaryEquals",
    compileValue: (policyValue) => {
      const policy = withoutPadding(policyValue);
      return (value) => withoutPadding(value) === policy;
    },
  },
];

function withoutPadding(base64: string): string {
  return base64.replace(/=+$/, "");
}
