import { inRange, parseRange } from "../ip-range";
import { ValueMatcher, ConditionOperator } from "./operator-family";

/**
 * An address or a CIDR range, IPv4 or IPv6; a range of one family never holds an address of the other.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export const ipAddressOperators: readonly ConditionOperator[] = [
  { name: "IpAddress", compileValue: within },
  { name: "NotIpAddress", negated: true, compileValue: within },
];

function within(policyValue: string): ValueMatcher {
  const range = parseRange(policyValue);
  return range === undefined ? () => false : (value) => inRange(value, range);
}
