import { strict as assert } from "assert";
import { customerKeyFindings } from "../../../../policies/facts/keys/customer-key";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource, types } from "../../../../policies/stack/resource";
import { resource, unknownText } from "../../support/stack";

const fix = "Name a key of yours";
const ownByAws =
  'Function "orders" is encrypted with a key of AWS, not with one of yours. Name a key of yours.';

function said(stack: readonly Resource[], one: Resource, what?: string): readonly string[] {
  const use = { resource: one, property: "kmsKeyArn", fix, ...(what === undefined ? {} : { what }) };
  return customerKeyFindings(buildGraph([...stack, one]), use).map((finding) =>
    finding.kind === "violation" ? finding.message : `${finding.reason} / ${finding.decidedBy}`,
  );
}
const uses = (kmsKeyArn: unknown, from: readonly Resource[] = []) =>
  resource("function", "orders", { props: { kmsKeyArn }, from: { kmsKeyArn: from } });

describe("the key that something is encrypted with", () => {
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    ["is AWS's own where none is named", null, [ownByAws]],
    ["is AWS's own by its alias", "alias/aws/lambda", [ownByAws]],
    ["is AWS's own by its alias's ARN", "arn:aws:kms:eu-west-1:111111111111:alias/aws/lambda", [ownByAws]],
    ["is yours by ARN", "arn:aws:kms:eu-west-1:111111111111:key/k-1", []],
    ["is yours by an alias", "alias/orders", []],
    ["is yours by an alias that only contains AWS's", "alias/x-alias/aws/lambda", []],
    [
      "is not known yet",
      unknownText,
      ['the key of Function "orders" is not known / the value of `kmsKeyArn`'],
    ],
  ];
  for (const [name, key, expected] of cases) it(name, () => assert.deepEqual(said([], uses(key)), expected));

  const kinds: readonly (keyof typeof types)[] = ["key", "externalKey", "replicaKey", "alias"];
  for (const kind of kinds) {
    it(`is a ${kind} of the stack`, () => {
      const key = resource(kind, "main");
      assert.deepEqual(said([key], uses(unknownText, [key])), []);
    });
  }
  for (const reference of ["arn", "keyId", "id", "name"]) {
    it(`is found by its ${reference}, even where it is called like AWS's`, () => {
      const key = resource("key", "main", { props: { [reference]: "alias/aws/x" } });
      assert.deepEqual(said([key], uses("alias/aws/x")), []);
    });
  }

  it("is told by what it encrypts", () => {
    const what = 'the variables of Function "orders"';
    assert.deepEqual(said([], uses(null), what), [
      `${what} is encrypted with a key of AWS, not with one of yours. ${fix}.`,
    ]);
    assert.deepEqual(said([], uses(unknownText), what), [
      `the key of ${what} is not known / the value of \`kmsKeyArn\``,
    ]);
  });
});
