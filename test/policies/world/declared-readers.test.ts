import { strict as assert } from "assert";
import { Resource } from "../../../policies/stack/resource";
import { declarationHint, READERS_TAG, readersInTag } from "../../../policies/world/declared-readers";
import { assumedPrincipal } from "../../../policies/world/assumed-principals";
import { resource, resourceOfType, unknownArray } from "../support/stack";
import { worldIn } from "./outline";

const arn = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const secret = (props: object = {}) => resource("secret", "s", { props: { name: "app/orders", ...props } });
const component = (declaredReaders: unknown, type = "SharedSecret") =>
  resourceOfType(`strongroom:index:${type}`, "c", {
    props: { declaredReaders },
    from: { declaredReaders: [] },
  });
const declares = (secretName: string, ...principalArns: readonly string[]) => ({ secretName, principalArns });

const declared = (stack: readonly Resource[], declaredReaders: Record<string, readonly string[]> = {}) => {
  const [readers] = [...worldIn(stack, { declaredReaders }).declared.values()];
  return readers === undefined ? undefined : [...readers];
};

describe("declared readers", () => {
  const cases: readonly (readonly [
    string,
    () => readonly Resource[],
    Record<string, readonly string[]>,
    readonly string[] | undefined,
  ])[] = [
    ["are not there without a declaration", () => [secret()], {}, undefined],
    [
      "are those of a tag",
      () => [secret({ tags: { [READERS_TAG]: `222222222222:role/a  ${arn("b")}`, other: "x" } })],
      {},
      [arn("a"), arn("b")],
    ],
    [
      "are those of a tag that is continued",
      () => [
        secret({
          tags: {
            [READERS_TAG]: "222222222222:role/a",
            [`${READERS_TAG}-2`]: "222222222222:role/b",
            [`${READERS_TAG}-12`]: "222222222222:role/c",
          },
        }),
      ],
      {},
      ["a", "b", "c"].map(arn),
    ],
    [
      "are not those of tags that are called alike",
      () => [
        secret({
          tags: {
            [`${READERS_TAG}-`]: "2:role/a",
            [`${READERS_TAG}s`]: "2:role/b",
            [`x${READERS_TAG}`]: "2:role/c",
          },
        }),
      ],
      {},
      undefined,
    ],
    ["are nobody with an empty tag", () => [secret({ tags: { [READERS_TAG]: "" } })], {}, []],
    [
      "are those of a component",
      () => [secret(), component([declares("app/orders", arn("a"), arn("b"))])],
      {},
      [arn("a"), arn("b")],
    ],
    [
      "are those of the component that rotates",
      () => [secret(), component([declares("app/orders", arn("a"))], "RotationFunction")],
      {},
      [arn("a")],
    ],
    [
      "are not those of other components",
      () => [secret(), component([declares("app/orders", arn("a"))], "Other")],
      {},
      undefined,
    ],
    [
      "are not those of another secret",
      () => [secret(), component([declares("app/order", arn("a"))])],
      {},
      undefined,
    ],
    [
      "add up over components",
      () => [
        secret(),
        component([declares("app/orders", arn("a"))]),
        component([declares("app/orders", arn("b")), declares("app/orders", arn("a"))]),
      ],
      {},
      [arn("a"), arn("b")],
    ],
    [
      "are what the program gave where the outputs are not known",
      () => [
        secret(),
        { ...component(unknownArray), inputs: { declaredReaders: [declares("app/orders", arn("a"))] } },
      ],
      {},
      [arn("a")],
    ],
    ["are not known of a component", () => [secret(), component(unknownArray)], {}, undefined],
    ["are not a text", () => [secret(), component("x")], {}, undefined],
    ["are those of the setting", () => [secret()], { "app/orders": [arn("a")] }, [arn("a")]],
    [
      "are those of the setting by a star",
      () => [secret()],
      { "app/*": [arn("a")], "*rders": [arn("b")], "a*r*s": [arn("c")] },
      ["a", "b", "c"].map(arn),
    ],
    [
      "are not those of the setting for others",
      () => [secret()],
      { app: [arn("a")], "app.orders": [arn("b")], orders: [arn("c")], "*x*": [arn("d")] },
      undefined,
    ],
    [
      "add up over all",
      () => [secret({ tags: { [READERS_TAG]: arn("b") } }), component([declares("app/orders", arn("a"))])],
      { "*": [arn("c")] },
      ["a", "b", "c"].map(arn),
    ],
  ];
  for (const [name, stack, setting, expected] of cases)
    it(name, () => assert.deepEqual(declared(stack(), setting), expected));

  it("are words of a tag", () => {
    assert.deepEqual(readersInTag(" 1:role/a\n2:user/b arn:x "), [
      "arn:aws:iam::1:role/a",
      "arn:aws:iam::2:user/b",
      "arn:x",
    ]);
    assert.deepEqual(readersInTag(" "), []);
  });

  it("are declared in one of three places", () => {
    assert.equal(
      declarationHint(secret()),
      'declare it in the grants, the tag strongroom:readers or the setting declaredReaders of Secret "s"',
    );
  });
});

describe("a declared reader that no stack holds", () => {
  const cases: readonly (readonly [string, readonly unknown[] | undefined])[] = [
    [arn("app/a"), ["role", "222222222222", "policies of role app/a, which no stack at hand holds"]],
    ["arn:aws:iam::2:user/ada", ["user", "2", "policies of user ada, which no stack at hand holds"]],
    ["arn:aws:iam::2:root", undefined],
    ["arn:aws:iam::2:group/role/x", undefined],
    ["role/x", undefined],
    ["lambda.amazonaws.com", undefined],
  ];
  for (const [text, expected] of cases) {
    it(`${text} is ${expected === undefined ? "left out" : "taken to be allowed everything"}`, () => {
      const found = assumedPrincipal(text);
      assert.deepEqual(found && [found.kind, found.accountId, found.identity[0]?.source], expected);
      if (found === undefined) return;
      const [document] = found.identity;
      assert.ok(document !== undefined && "policy" in document);
      const Statement = { Effect: "Allow", Action: "*", Resource: "*" };
      assert.deepEqual(document.policy.document, { Version: "2012-10-17", Statement });
      assert.deepEqual([found.arn, found.tags, found.assumed], [text, {}, true]);
    });
  }
});
