import { strict as assert } from "assert";
import { ConditionBlock, RequestContext } from "../../../iam";
import { compileConditions } from "../../../iam/conditions/condition-block";

/** A condition block, the context of a request, and whether the block holds. */
export interface ConditionCase {
  readonly name: string;
  readonly block: ConditionBlock;
  readonly context?: RequestContext;
  readonly holds: boolean;
}

/** Whether the block holds in a document of the current version. */
export function holds(block: ConditionBlock, context: RequestContext = {}, variables = true): boolean {
  return compileConditions(block, variables).every((test) => test.holds(context));
}

/** One test a case. */
export function itHolds(cases: readonly ConditionCase[]): void {
  for (const { name, block, context, holds: expected } of cases) {
    it(`${name}: ${expected}`, () => {
      assert.equal(holds(block, context), expected);
    });
  }
}

/** The cases of one operator over one key: policy values, request value or values, and whether it holds. */
export function itCompares(
  operator: string,
  cases: readonly (readonly [
    policy: string | readonly string[],
    request: string | readonly string[] | undefined,
    holds: boolean,
  ])[],
): void {
  for (const [policy, request, expected] of cases) {
    it(`${operator} of ${JSON.stringify(policy)} for ${JSON.stringify(request)}: ${expected}`, () => {
      const context: RequestContext = request === undefined ? {} : { "aws:key": request };
      assert.equal(holds({ [operator]: { "aws:Key": policy } }, context), expected);
    });
  }
}
