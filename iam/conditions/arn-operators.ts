import { compileArnPattern, splitArn } from "../arn-match";
import { ValueMatcher, ConditionOperator } from "./operator-family";

/**
 * Part by part with `*` and `?` in each; `ArnEquals` and `ArnLike` behave alike.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export const arnOperators: readonly ConditionOperator[] = [
  { name: "ArnEquals", compileValue: like },
  { name: "ArnLike", compileValue: like },
  { name: "ArnNotEquals", negated: true, compileValue: like },
  { name: "ArnNotLike", negated: true, compileValue: like },
];

function like(policyValue: string, variables: boolean): ValueMatcher {
  const matchesArn = compileArnPattern(policyValue, variables);
  return (value, context) => {
    const segments = splitArn(value);
    return segments !== undefined && matchesArn(segments, context);
  };
}
