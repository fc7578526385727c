import { strict as assert } from "assert";
import { matchesArn } from "../../rotation-lambdas/arn-pattern";

const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-AbCdEf";

describe("ARN patterns", () => {
  const cases: Record<string, { pattern: string; matches: boolean }> = {
    "the ARN itself": { pattern: arn, matches: true },
    "six question marks for the suffix": { pattern: arn.replace("AbCdEf", "??????"), matches: true },
    "five question marks": { pattern: arn.replace("AbCdEf", "?????"), matches: false },
    "a star": { pattern: "arn:aws:secretsmanager:*:111111111111:secret:orders/*", matches: true },
    "another case": { pattern: arn.toLowerCase(), matches: false },
    "a part of it": { pattern: "secret:orders/database", matches: false },
    "a dot, which is no wild card": { pattern: arn.replace("orders/", "orders."), matches: false },
  };
  for (const [what, { pattern, matches }] of Object.entries(cases)) {
    it(`${matches ? "match" : "do not match"} by ${what}`, () =>
      assert.equal(matchesArn(pattern, arn), matches));
  }
});
