import { strict as assert } from "assert";
import { partitionOf, placeOf, placesIn } from "../../../policies/stack/place";
import { resource } from "../support/stack";

const at = (region: string, accountId: string, partition = "aws") => ({ partition, region, accountId });

describe("a place", () => {
  for (const [region, partition] of [
    ["eu-west-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-east-1", "aws"],
    ["x-cn-1", "aws"],
    ["x-us-gov-1", "aws"],
  ] as const) {
    it(`${region} is in ${partition}`, () => assert.equal(partitionOf(region), partition));
  }

  it("is where a resource is", () => {
    assert.deepEqual(placeOf(resource("secret", "a")), at("eu-west-1", "111111111111"));
    const china = resource("secret", "b", { props: { region: "cn-north-1" } });
    assert.deepEqual(placeOf(china), at("cn-north-1", "111111111111", "aws-cn"));
  });

  it("stands in for what is not known", () => {
    const { provider: _, ...loose } = resource("secret", "a");
    assert.deepEqual(placeOf(loose), at("us-east-1", "000000000001"));
  });
});

describe("the places of a document", () => {
  const home = at("eu-west-1", "111111111111");
  const cases: readonly (readonly [string, readonly string[], readonly object[]])[] = [
    ["are its own when it names none", ["*"], [home]],
    [
      "are those that it names too",
      ["arn:aws:s3:us-east-1:222222222222:x"],
      [home, at("us-east-1", "222222222222")],
    ],
    ["are its own for what a pattern leaves open", ["arn:aws:ssm:*:*:parameter/x"], [home]],
    [
      "take the Region that a pattern names",
      ["arn:aws:ssm:cn-north-1:*:parameter/x"],
      [home, at("cn-north-1", "111111111111", "aws-cn")],
    ],
    [
      "take the account that a pattern names",
      ["arn:aws:ssm:eu-*:222222222222:parameter/x"],
      [home, at("eu-west-1", "222222222222")],
    ],
    ["take no part of an account", ["arn:aws:ssm::22222222222:x", "arn:aws:ssm::2222222222222:x"], [home]],
    [
      "are said once",
      ["arn:aws:ssm:eu-west-1:222222222222:a", "arn:aws:ssm:eu-west-1:222222222222:b", "orders"],
      [home, at("eu-west-1", "222222222222")],
    ],
  ];
  for (const [name, resources, places] of cases) {
    it(name, () => {
      const statement = { Effect: "Allow", Action: "*", Resource: resources } as const;
      const document = { Version: "2012-10-17", Statement: [statement] } as const;
      assert.deepEqual(placesIn(document, resource("rolePolicy", "rights")), places);
    });
  }
});
