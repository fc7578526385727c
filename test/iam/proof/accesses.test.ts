import { strict as assert } from "assert";
import { CannotTell } from "../../../iam/proof";
import { accessOf, Solved } from "../../../iam/proof/accesses";
import { keyCondition } from "../../../iam/proof/condition-text";
import { namedSubjects } from "../../../iam/proof/named-subjects";
import { operationsOf } from "../../../iam/proof/operations";
import { DENIED_ANYWAY, Solution } from "../../../iam/proof/solve";
import { WorldIndex } from "../../../iam/proof/world-index";
import { decrypting, key, mayRead, ORDERS, reading, role, secret, world } from "./access-worlds";

const SINCE = Date.parse("2026-01-01T00:00:00Z");
const api = role("api", { identity: [mayRead] });
const given = world({
  principals: [api],
  secrets: [secret([reading({ AWS: api.arn })])],
  keys: [key([decrypting({ AWS: ORDERS })])],
});
const index = new WorldIndex(given);
const [operation] = operationsOf("read", given.secrets[0]!.copies[0]!, index);
const subjects = namedSubjects(api, ["nightly"], index);
const [plain] = namedSubjects(api, [], index);
const condition = (name: string) =>
  keyCondition({ key: name, anyOf: ["x"], noneOf: [], absent: "must not be" });
const policyA: CannotTell = { kind: "document", subject: "policy a", reason: "not made" };
const policyB: CannotTell = { ...policyA, subject: "policy b" };
const solution = (under: Solution["under"], more: Partial<Solution> = {}): Solution => ({
  under,
  cannotTell: [],
  branches: 0,
  ...more,
});

function access(...solved: readonly Solved[]) {
  const found = accessOf(operation!, solved, SINCE);
  return (
    found && {
      who: found.who,
      operation: found.operation,
      under: found.under.map((one) => one.map(({ text }) => text).join(" and ")),
      cannotTell: found.cannotTell.map(({ subject }) => subject),
      witness: found.witness?.steps.map(({ decision }) => decision.allowed),
    }
  );
}

describe("what one principal can do", () => {
  const who = { kind: "principal", arn: api.arn, accountId: ORDERS };
  const shared = { who, operation: "GetSecretValue", cannotTell: [], witness: undefined };
  const example = new Map();

  it("is nothing when it does not get through", () => {
    assert.equal(access({ subject: plain!, solution: DENIED_ANYWAY }), undefined);
    assert.equal(access(), undefined);
  });

  it("is its solution, with a call that succeeds", () => {
    assert.deepEqual(access({ subject: plain!, solution: solution([[condition("k")]], { example }) }), {
      ...shared,
      under: ["k is x"],
      witness: [true, true],
    });
  });

  it("has no call that does not succeed after all", () => {
    const stranger = { ...plain!, identity: [] };
    assert.deepEqual(access({ subject: stranger, solution: solution([[]], { example }) }), {
      ...shared,
      under: [""],
    });
  });

  it("makes its call once", () => {
    const found = accessOf(operation!, [{ subject: plain!, solution: solution([[]], { example }) }], SINCE)!;
    assert.equal(found.witness, found.witness);
  });

  it("says which session it must be, of one way only", () => {
    const [others, nightly] = subjects;
    assert.deepEqual(
      access({
        subject: nightly!,
        solution: solution([[], [condition("k")]], { cannotTell: [policyA, policyA] }),
      }),
      {
        ...shared,
        under: ["session name is nightly", "session name is nightly and k is x"],
        cannotTell: ["policy a", "policy a"],
      },
    );
    assert.deepEqual(
      access(
        { subject: others!, solution: DENIED_ANYWAY },
        { subject: nightly!, solution: solution([[]], { example, cannotTell: [policyA, policyB, policyA] }) },
      ),
      {
        ...shared,
        under: ["session name is nightly"],
        cannotTell: ["policy a", "policy b"],
        witness: [true, true],
      },
    );
  });

  it("needs no session when all have the same conditions", () => {
    const [others, nightly] = subjects;
    const same = solution([[condition("k")]]);
    assert.deepEqual(
      [
        access({ subject: others!, solution: same }, { subject: nightly!, solution: same })?.under,
        access(
          { subject: others!, solution: same },
          { subject: nightly!, solution: solution([[condition("k")]]) },
        )?.under,
      ],
      [["k is x"], ["k is x"]],
    );
  });

  it("puts the ways together, each once and the shortest first", () => {
    const [others, nightly] = subjects;
    const both = access(
      { subject: others!, solution: solution([[condition("k")], [condition("k")]]) },
      { subject: nightly!, solution: solution([[]]) },
      { subject: nightly!, solution: solution([[]], { example }) },
    );
    assert.deepEqual(both, {
      ...shared,
      under: ["session name is nightly", "session name is not nightly and k is x"],
      witness: [true, true],
    });
  });
});
