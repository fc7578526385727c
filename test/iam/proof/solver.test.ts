import { strict as assert } from "assert";
import fc from "fast-check";
import { init } from "z3-solver";
import { ConditionBlock } from "../../../iam";
import { decrypting, answer, key, mayRead, ORDERS, reading, role, secret, world } from "./access-worlds";

/** More with `SOLVER_RUNS=500`. */
const RUNS = Number(process.env.SOLVER_RUNS ?? 40);

const KEYS = ["aws:UserAgent", "aws:Referer"] as const;
const patterns = fc.constantFrom("a", "a*", "*b", "a*b", "*", "b?", "ab", "a?b*", "??");
const operators = fc.constantFrom(
  "StringLike",
  "StringNotLike",
  "StringLikeIfExists",
  "StringNotEquals",
  "StringEquals",
);
const tests = fc.record({
  operator: operators,
  key: fc.constantFrom(...KEYS),
  values: fc.array(patterns, { minLength: 1, maxLength: 2 }),
});
type Test = { readonly operator: string; readonly key: string; readonly values: readonly string[] };
const blocks = fc.array(tests, { minLength: 1, maxLength: 3 });
const policies = fc.record({ allow: blocks, denies: fc.array(blocks, { maxLength: 2 }) });

/** The block of the tests, those that would overwrite another left out. */
function blockOf(list: readonly Test[]): ConditionBlock {
  const block: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key: name, values } of list) (block[operator] ??= {})[name] ??= values;
  return block;
}

function formulaOf(block: ConditionBlock): string {
  const parts = Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([name, values]) =>
      testFormula(operator, KEYS.indexOf(name as never), values as string[]),
    ),
  );
  return `(and ${parts.join(" ")})`;
}

function testFormula(operator: string, index: number, values: readonly string[]): string {
  const like = /Like/.test(operator);
  const any = values.map((value) =>
    like ? `(str.in_re k${index} ${regex(value)})` : `(= k${index} "${value}")`,
  );
  const holds = /Not/.test(operator) ? `(not (or ${any.join(" ")}))` : `(or ${any.join(" ")})`;
  const absent = /Not|IfExists/.test(operator);
  return absent ? `(or (not p${index}) ${holds})` : `(and p${index} ${holds})`;
}

function regex(glob: string): string {
  const parts = [...glob].map((one) =>
    one === "*" ? "(re.* re.allchar)" : one === "?" ? "re.allchar" : `(str.to_re "${one}")`,
  );
  return parts.length === 1 ? parts[0]! : `(re.++ ${parts.join(" ")})`;
}

/** The same text as a glob and as a literal. */
const literalStar = {
  allow: [
    { operator: "StringLike", key: "aws:Referer", values: ["*b"] },
    { operator: "StringLike", key: "aws:UserAgent", values: ["a"] },
  ],
  denies: [[{ operator: "StringNotEquals", key: "aws:Referer", values: ["*b"] }]],
};

describe("the proof against a general solver", function () {
  this.timeout(300_000);

  it("finds a request exactly when the solver finds values", async () => {
    const { Context, em } = await init();
    const { Solver } = Context("proof");
    const seen = { sat: 0, unsat: 0 };
    await fc.assert(
      fc.asyncProperty(policies, async ({ allow, denies }) => {
        const statements = [
          reading({ AWS: ORDERS }, { Condition: blockOf(allow) }),
          ...denies.map((one) => ({ ...reading("*", { Condition: blockOf(one) }), Effect: "Deny" as const })),
        ];
        const principals = [role("api", { identity: [mayRead] })];
        const given = world({
          principals,
          secrets: [secret(statements)],
          keys: [key([decrypting({ AWS: ORDERS })])],
        });
        const found = answer(given).some((line) => line.startsWith(`${ORDERS}:role/api`));
        const solver = new Solver();
        solver.fromString(
          `(declare-const k0 String) (declare-const k1 String) (declare-const p0 Bool) (declare-const p1 Bool)
           (assert (not (= k0 ""))) (assert (not (= k1 "")))
           (assert ${formulaOf(blockOf(allow))})
           ${denies.map((one) => `(assert (not ${formulaOf(blockOf(one))}))`).join("\n")}`,
        );
        const verdict = await solver.check();
        assert.notEqual(verdict, "unknown");
        seen[verdict as "sat" | "unsat"]++;
        assert.equal(found, verdict === "sat");
      }),
      { numRuns: RUNS, examples: [[literalStar]] },
    );
    assert.ok(seen.sat > 0 && seen.unsat > 0, "both verdicts are met");
    (em as { PThread?: { terminateAllThreads(): void } }).PThread?.terminateAllThreads();
  });
});
