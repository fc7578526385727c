import { strict as assert } from "assert";
import { Access, AccessProof, ActionClass, SecretCopy, Who } from "../../../iam/proof";
import { GraphWorld, readersOf, worldOf } from "../../../policies/world";
import { FoundSecret } from "../../../policies/world/secrets";

const ada: Who = { kind: "principal", arn: "arn:aws:iam::222222222222:user/ada", accountId: "222222222222" };
const others = (accountId: string): Who => ({ kind: "others-of-account", accountId });

const witness = { operation: "GetSecretValue", steps: [] };
const access = (who: Who, more: Partial<Access> = {}): Access => ({
  who,
  operation: "GetSecretValue",
  under: [[]],
  cannotTell: [],
  ...more,
});

/** Who reads a secret with copies in two Regions, of different accounts, by what the proof answers of each. */
function readers(answers: Readonly<Record<string, readonly Access[]>>) {
  const copies = [
    { region: "eu-west-1", accountId: "111111111111" },
    { region: "eu-central-1", accountId: "222222222222" },
  ] as unknown as readonly SecretCopy[];
  const secret = { secret: { id: "s", name: "s", copies } } as unknown as FoundSecret;
  const direct = () =>
    Object.entries(answers).map(([region, read]) => ({
      region,
      arn: "",
      accesses: { read } as unknown as Record<ActionClass, readonly Access[]>,
    }));
  const world = { declared: new Map([["s", new Set<string>()]]) } as unknown as ReturnType<typeof worldOf>;
  return readersOf(secret, world as GraphWorld, { direct } as unknown as AccessProof);
}

describe("the readers of a secret", () => {
  it("are nobody when the proof finds nobody", () =>
    assert.deepEqual(readers({ "eu-west-1": [], "eu-central-1": [] }), []));

  it("are each once, with all Regions and accesses", () => {
    const [here, there] = [access(ada, { witness }), access(ada, { witness })];
    assert.deepEqual(readers({ "eu-west-1": [here], "eu-central-1": [there] }), [
      {
        who: ada,
        standing: "undeclared",
        regions: ["eu-west-1", "eu-central-1"],
        access: here,
        all: [
          { region: "eu-west-1", access: here },
          { region: "eu-central-1", access: there },
        ],
      },
    ]);
  });

  it("have a Region once, however many ways there are", () => {
    const [found] = readers({
      "eu-west-1": [access(ada), access(ada, { operation: "BatchGetSecretValue" })],
    });
    assert.deepEqual([found?.regions, found?.all.length], [["eu-west-1"], 2]);
  });

  it("are shown by the first access that a call proves, else by the first", () => {
    const [open, second] = [access(ada, { operation: "first" }), access(ada, { operation: "second" })];
    const proven = access(ada, { operation: "proven", witness });
    const shown = (...all: readonly Access[]) => readers({ "eu-west-1": all })[0]?.access.operation;
    assert.deepEqual(
      [shown(open, second), shown(open, proven), shown(proven, open), shown(open, proven, second)],
      ["first", "proven", "proven", "proven"],
    );
  });

  it("stand to the copy that they read", () => {
    const standings = (region: string, accountId: string) =>
      readers({ [region]: [access(others(accountId))] }).map(({ standing }) => standing);
    assert.deepEqual(standings("eu-west-1", "111111111111"), ["owner"]);
    assert.deepEqual(standings("eu-central-1", "111111111111"), ["undeclared"]);
    assert.deepEqual(standings("eu-central-1", "222222222222"), ["owner"]);
  });

  it("come in the order they are found in", () => {
    const found = readers({
      "eu-west-1": [access(ada), access(others("1"))],
      "eu-central-1": [access(others("2")), access(ada)],
    });
    assert.deepEqual(
      found.map(({ who }) => who),
      [ada, others("1"), others("2")],
    );
  });
});
