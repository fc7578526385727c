import { RequestContext } from "../access-request";

/**
 * Tells whether one value of the request is what one value of the policy means. A value with a variable that the
 * request leaves empty means nothing, so that a negated operator holds: AWS calls it "effectively null".
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export type ValueMatcher = (requestValue: string, context: RequestContext) => boolean;

/**
 * One operator. Its negation (`StringNotEquals` of `StringEquals`) is the same comparison with `negated`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export interface ConditionOperator {
  readonly name: string;
  readonly negated?: true;
  /** `variables` is false in documents of version 2008-10-17; most families have none in any version. */
  readonly compileValue: (policyValue: string, variables: boolean) => ValueMatcher;
}
