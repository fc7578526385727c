import { strict as assert } from "assert";
import { Link, Lookup } from "../../../policies/stack/join";
import { Resource } from "../../../policies/stack/resource";
import { resource, Sketch, unknownObject, unknownText } from "../support/stack";

const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/k-1";
const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";

describe("a lookup", () => {
  const known = resource("key", "known", { props: { arn: keyArn, keyId: "k-1" } });
  const twin = resource("key", "twin", {
    props: { arn: "arn:aws:kms:eu-west-1:111111111111:key/k-1x", keyId: "k-1" },
  });
  const made = resource("key", "made", { props: { arn: unknownText, keyId: unknownText } });
  const secret = resource("secret", "orders", { props: { arn: secretArn, name: "orders-x" } });
  const other = resource("role", "other");
  const lookup = new Lookup([known, twin, made, secret], ["arn", "keyId", "name"]);

  const inside = (...resources: readonly Resource[]): Link => ({ kind: "inside", resources });
  const outside = (reference: string): Link => ({ kind: "outside", reference });
  const none: Link = { kind: "none" };
  const unknown: Link = { kind: "unknown" };

  const cases: readonly (readonly [string, Sketch, Link])[] = [
    ["finds nothing by what is not set", {}, none],
    ["finds by ARN", { props: { keyId: keyArn } }, inside(known)],
    ["finds the first of two by id", { props: { keyId: "k-1" } }, inside(known)],
    [
      "finds by the end of an ARN of another form",
      { props: { keyId: "arn:aws:kms:us-east-1:222222222222:key/k-1" } },
      inside(known),
    ],
    [
      "finds by a name in an ARN",
      { props: { keyId: "arn:aws:secretsmanager:eu-west-1:1:secret:orders-x" } },
      inside(secret),
    ],
    [
      "takes off one kind only",
      { props: { keyId: "arn:aws:x:::a/key/k-1" } },
      outside("arn:aws:x:::a/key/k-1"),
    ],
    ["finds no part of a name", { props: { keyId: "key/k-1" } }, outside("key/k-1")],
    ["keeps what points elsewhere", { props: { keyId: "alias/central" } }, outside("alias/central")],
    [
      "finds by what an unknown value is computed from",
      { props: { keyId: unknownText }, from: { keyId: [made] } },
      inside(made),
    ],
    [
      "finds several that it is computed from",
      { props: { keyId: unknownText }, from: { keyId: [made, known] } },
      inside(made, known),
    ],
    [
      "cannot tell when it is computed from others",
      { props: { keyId: unknownText }, from: { keyId: [other] } },
      unknown,
    ],
    ["cannot tell when it is computed from nothing", { props: { keyId: unknownText } }, unknown],
    [
      "finds by the sources of a known value",
      { props: { keyId: "alias/central" }, from: { keyId: [made] } },
      inside(made),
    ],
    [
      "takes the value before its sources",
      { props: { keyId: "k-1" }, from: { keyId: [made] } },
      inside(known),
    ],
  ];
  for (const [name, sketch, link] of cases) {
    it(name, () => assert.deepEqual(lookup.follow(resource("alias", "from", sketch), "keyId"), link));
  }

  const nested: readonly (readonly [string, Sketch, Link])[] = [
    ["finds inside of a property", { props: { replicas: [{ key: "k-1" }] } }, inside(known)],
    ["finds nothing by a member that is not set", { props: { replicas: [{}] } }, none],
    [
      "keeps a member that points elsewhere, whatever the property is computed from",
      { props: { replicas: [{ key: "k-9" }] }, from: { replicas: [made] } },
      outside("k-9"),
    ],
    [
      "finds an unknown member by the property's sources",
      { props: { replicas: [{ key: unknownText }] }, from: { replicas: [made] } },
      inside(made),
    ],
    [
      "cannot tell of an unknown property without sources",
      { props: { replicas: unknownObject }, from: { replicas: [] } },
      unknown,
    ],
    [
      "finds a member of an unknown property by its sources",
      { props: { replicas: unknownObject }, from: { replicas: [made] } },
      inside(made),
    ],
  ];
  for (const [name, sketch, link] of nested) {
    it(name, () =>
      assert.deepEqual(lookup.follow(resource("secret", "from", sketch), "replicas", 0, "key"), link),
    );
  }

  it("falls back to the dependencies of the resource for an unknown value only", () => {
    const from = (keyId: string): Resource => {
      const { propertyDependencies: _, ...rest } = resource("alias", "from", { props: { keyId } });
      return { ...rest, dependencies: [other, made] };
    };
    assert.deepEqual(lookup.follow(from(unknownText), "keyId"), inside(made));
    assert.deepEqual(lookup.follow(from("k-9"), "keyId"), outside("k-9"));
  });

  it("knows a resource again by its URN", () => {
    const copy = { ...made };
    const from = resource("alias", "from", { props: { keyId: unknownText }, from: { keyId: [copy] } });
    const link = lookup.follow(from, "keyId");
    assert.ok(link.kind === "inside" && link.resources[0] === made);
  });

  it("takes an id that is not among the properties from the ARN", () => {
    const arn = "arn:aws:ec2:eu-west-1:111111111111:security-group/sg-1";
    const [kept, apart, to] = [
      resource("securityGroup", "kept", { props: { arn: arn.replace("sg-1", "sg-2"), id: "sg-3" } }),
      resource("securityGroup", "apart", { props: { arn } }),
      resource("vpcEndpoint", "to", { props: { a: "sg-1", b: "sg-2", c: "sg-3" } }),
    ];
    const byId = new Lookup([kept, apart], ["id"]);
    assert.deepEqual(
      ["a", "b", "c"].map((property) => byId.follow(to, property)),
      [inside(apart), outside("sg-2"), inside(kept)],
    );
    assert.deepEqual(new Lookup([apart], ["arn"]).follow(to, "a"), outside("sg-1"));
  });
});
