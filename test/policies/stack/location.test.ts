import { strict as assert } from "assert";
import { unknownCheckingProxy } from "@pulumi/policy";
import { accountOf, ArnParts, parseArn, regionOf } from "../../../policies/stack/location";
import { Resource } from "../../../policies/stack/resource";
import { Tri } from "../../../policies/stack/tri-state";
import { resource, unknownText } from "../support/stack";

const arn = "arn:aws:secretsmanager:eu-north-1:333333333333:secret:orders";

/** A resource of the name, fresh: where it is, is remembered for each. */
function made(props: Record<string, unknown>, provider?: Record<string, unknown>): Resource {
  const { provider: _, ...rest } = resource("secret", "orders", { props });
  return provider === undefined ? rest : { ...rest, provider: { props: unknownCheckingProxy(provider) } };
}

const known = (value: string): Tri<string> => ({ state: "known", value });
const unknown: Tri<string> = { state: "unknown" };

describe("an ARN", () => {
  const cases: readonly (readonly [string, ArnParts | undefined])[] = [
    [
      arn,
      {
        partition: "aws",
        service: "secretsmanager",
        region: "eu-north-1",
        account: "333333333333",
        rest: "secret:orders",
      },
    ],
    [
      "arn:aws-cn:s3:::bucket/a:b",
      { partition: "aws-cn", service: "s3", region: "", account: "", rest: "bucket/a:b" },
    ],
    ["arn:::::", { partition: "", service: "", region: "", account: "", rest: "" }],
    ["arn:aws:s3:::", { partition: "aws", service: "s3", region: "", account: "", rest: "" }],
    ["arn:aws:s3::", undefined],
    ["urn:aws:s3:::bucket", undefined],
    ["orders", undefined],
    ["", undefined],
  ];
  for (const [text, parts] of cases) it(text || "(empty)", () => assert.deepEqual(parseArn(text), parts));
});

describe("the account of a resource", () => {
  const role = (account: string) => ({ roleArn: `arn:aws:iam::${account}:role/deploy` });
  const cases: readonly (readonly [string, () => Resource, Tri<string>])[] = [
    [
      "is that of its ARN",
      () => made({ arn }, { assumeRoles: JSON.stringify([role("444444444444")]) }),
      known("333333333333"),
    ],
    [
      "is that of the role that the provider assumes",
      () => made({}, { assumeRoles: JSON.stringify([role("444444444444")]) }),
      known("444444444444"),
    ],
    [
      "is that of the last role of several",
      () => made({}, { assumeRoles: JSON.stringify([role("444444444444"), role("555555555555")]) }),
      known("555555555555"),
    ],
    [
      "is that of a role given by itself",
      () => made({}, { assumeRoles: JSON.stringify(role("444444444444")) }),
      known("444444444444"),
    ],
    [
      "is read from roles that are no JSON text",
      () => made({}, { assumeRoles: [role("444444444444")] }),
      known("444444444444"),
    ],
    [
      "is the only one that the provider allows",
      () => made({}, { allowedAccountIds: JSON.stringify(["666666666666"]) }),
      known("666666666666"),
    ],
    [
      "is not told by two that it allows",
      () => made({}, { allowedAccountIds: JSON.stringify(["666666666666", "777777777777"]) }),
      unknown,
    ],
    ["is not told by none that it allows", () => made({}, { allowedAccountIds: "[]" }), unknown],
    [
      "is not told by a number",
      () => made({}, { allowedAccountIds: JSON.stringify([666666666666]) }),
      unknown,
    ],
    ["is not told by a role that is not known", () => made({}, { assumeRoles: unknownText }), unknown],
    [
      "is not told by an ARN without one",
      () => made({ arn: "arn:aws:s3:::bucket" }, { allowedAccountIds: '["666666666666"]' }),
      known("666666666666"),
    ],
    [
      "is not told by a role of no account",
      () =>
        made(
          {},
          { assumeRoles: '[{"roleArn":"arn:aws:iam:::role/x"}]', allowedAccountIds: '["666666666666"]' },
        ),
      known("666666666666"),
    ],
    ["is not told by a role's name", () => made({}, { assumeRoles: '[{"roleArn":"deploy"}]' }), unknown],
    ["is not known while the ARN is not", () => made({ arn: unknownText }), unknown],
    ["is not known without a provider", () => made({}), unknown],
  ];
  for (const [name, make, account] of cases) it(name, () => assert.deepEqual(accountOf(make()), account));

  it("is found once", () => {
    const one = made({ arn });
    assert.equal(accountOf(one), accountOf(one));
  });
});

describe("the Region of a resource", () => {
  const cases: readonly (readonly [string, () => Resource, Tri<string>])[] = [
    [
      "is its own",
      () => made({ region: "eu-central-1", arn }, { region: "us-east-1" }),
      known("eu-central-1"),
    ],
    ["is that of its ARN", () => made({ arn }, { region: "us-east-1" }), known("eu-north-1")],
    ["is the provider's", () => made({}, { region: "us-east-1" }), known("us-east-1")],
    [
      "is the provider's where the ARN has none",
      () => made({ arn: "arn:aws:iam::1:role/x" }, { region: "us-east-1" }),
      known("us-east-1"),
    ],
    [
      "is the provider's where its own is not known",
      () => made({ region: unknownText }, { region: "us-east-1" }),
      known("us-east-1"),
    ],
    ["is read from JSON text", () => made({}, { region: '"us-east-1"' }), known("us-east-1")],
    ["is not known of a provider that leaves it empty", () => made({}, { region: "" }), unknown],
    ["is not known of a provider with something else", () => made({}, { region: "7" }), unknown],
    ["is not known of a provider that is not known", () => made({}, { region: unknownText }), unknown],
    ["is not known without a provider", () => made({}), unknown],
  ];
  for (const [name, make, region] of cases) it(name, () => assert.deepEqual(regionOf(make()), region));

  it("is found once", () => {
    const one = made({}, { region: "us-east-1" });
    assert.equal(regionOf(one), regionOf(one));
  });
});
