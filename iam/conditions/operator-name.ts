import { arnOperators } from "./arn-operators";
import { binaryOperators } from "./binary-operators";
import { boolOperators } from "./bool-operators";
import { dateOperators } from "./date-operators";
import { ipAddressOperators } from "./ip-address-operators";
import { numericOperators } from "./numeric-operators";
import { ConditionOperator } from "./operator-family";
import { stringOperators } from "./string-operators";

/** What the name of an operator in a policy asks for. */
export type OperatorName =
  | { readonly kind: "null" }
  | {
      readonly kind: "comparison";
      readonly operator: ConditionOperator;
      readonly set?: "ForAllValues" | "ForAnyValue";
      readonly ifExists: boolean;
    };

const operators = new Map(
  [
    ...stringOperators,
    ...numericOperators,
    ...dateOperators,
    ...boolOperators,
    ...binaryOperators,
    ...ipAddressOperators,
    ...arnOperators,
  ].map((operator) => [operator.name, operator]),
);

const NAME = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/**
 * Reads `StringLike`, `ForAnyValue:StringLike`, `StringLikeIfExists` and so on; `undefined` for a name AWS does not
 * know.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function readOperatorName(name: string): OperatorName | undefined {
  if (!names.has(name)) {
    if (names.size >= MOST_NAMES) names.clear();
    names.set(name, parseName(name));
  }
  return names.get(name);
}

const names = new Map<string, OperatorName | undefined>();
const MOST_NAMES = 1_000;

function parseName(name: string): OperatorName | undefined {
  if (name === "Null") return { kind: "null" };
  const [, set, base = "", ifExists] = NAME.exec(name) ?? [];
  const operator = operators.get(base);
  if (operator === undefined) return undefined;
  return {
    kind: "comparison",
    operator,
    ...(set === undefined ? {} : { set: set as "ForAllValues" | "ForAnyValue" }),
    ifExists: ifExists !== undefined,
  };
}
