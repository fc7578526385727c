import { strict as assert } from "assert";
import { resource } from "../support/stack";
import { undecided, violation } from "../../../policies/findings";
import { rules } from "../../../policies/rules";
import { fingerprintOf, stackPrefix } from "../../../policies/waivers/fingerprint";
import { isAboutThePublic, isEverybody } from "../../../policies/waivers/public-findings";

const identity = {
  rule: "key-rotation",
  urn: "urn:pulumi:dev::orders::aws:kms/key:Key::main",
  fact: 'key "main" is not rotated',
  isPublic: false,
};

describe("the fingerprint of a finding", () => {
  it("stays as it is from release to release: files keep it", () => {
    assert.equal(fingerprintOf(identity), "c72e6589360a");
    assert.equal(fingerprintOf({ ...identity, isPublic: true }), "public-c72e6589360a");
  });

  it("is the same in every environment of a project", () => {
    const urn = "urn:pulumi:prod::orders::aws:kms/key:Key::main";
    assert.equal(fingerprintOf({ ...identity, urn }), fingerprintOf(identity));
  });

  const changes: readonly (readonly [string, Partial<typeof identity>])[] = [
    ["the rule", { rule: "key-policy-administered" }],
    ["the resource", { urn: "urn:pulumi:dev::orders::aws:kms/key:Key::other" }],
    ["its type", { urn: "urn:pulumi:dev::orders::aws:kms/replicaKey:ReplicaKey::main" }],
    ["the project", { urn: "urn:pulumi:dev::billing::aws:kms/key:Key::main" }],
    ["the fact", { fact: 'key "main" is rotated every 900 days' }],
    ["a digit of the fact", { fact: 'key "main" is not rotated ' }],
  ];
  for (const [name, change] of changes) {
    it(`changes with ${name}`, () =>
      assert.notEqual(fingerprintOf({ ...identity, ...change }), fingerprintOf(identity)));
  }
});

describe("findings about the public", () => {
  const key = resource("key", "main");
  const found = violation(key, "fact", "Fix");
  const public_ = (code: string, finding = found) =>
    finding.kind === "violation" && isAboutThePublic({ code }, finding);

  it("are those of the rules about who gets in, unless the finding says otherwise", () => {
    const codes = rules.map(({ code }) => code).filter((code) => public_(code));
    assert.deepEqual(
      codes.sort(),
      ["KMS-02", "REACH-01", "REACH-02", "REACH-04", "SM-09"].filter((one) => codes.includes(one)),
    );
    assert.ok(codes.includes("SM-09") && codes.includes("KMS-02"));
    assert.equal(public_("SM-09", violation(key, "fact", "Fix", { isPublic: false })), false);
    assert.equal(public_("LAM-05", violation(key, "fact", "Fix", { isPublic: true })), true);
    assert.equal(public_("SM-09", undecided(key, "reason", "the update")), false);
  });
});

describe("everybody", () => {
  it("is whoever remains of AWS, and whoever comes without credentials", () => {
    const kinds = [
      "anonymous",
      "any-aws-principal",
      "others-of-organization",
      "others-of-account",
      "aws-service",
    ];
    assert.deepEqual(
      kinds.filter((kind) => isEverybody({ kind } as never)),
      ["anonymous", "any-aws-principal"],
    );
  });
});

describe("the stack of a URN", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["urn:pulumi:dev::orders::aws:kms/key:Key::main", "urn:pulumi:dev::orders::"],
    ["urn:pulumi:dev::orders::a$b:c:D::name::with::colons", "urn:pulumi:dev::orders::"],
    ["urn:pulumi:dev::orders", ""],
    ["", ""],
  ];
  for (const [urn, prefix] of cases) it(urn || "nothing", () => assert.equal(stackPrefix(urn), prefix));
});
