import { strict as assert } from "assert";
import { Statement } from "../../../iam";
import { looksAtCallerOnly } from "../../../iam/proof/caller-only";
import { allow, attached, deny } from "../worlds";

const when = (key: string, value = "x"): Partial<Statement> => ({
  Condition: { StringEquals: { [key]: value } },
});

describe("a document that looks at the caller only", () => {
  const cases: readonly (readonly [name: string, statements: readonly Statement[], answer: boolean])[] = [
    ["has no statement", [], true],
    ["is about every resource", [allow(), deny()], true],
    ["is about some resources", [allow({ Resource: "arn:*" })], false],
    ["denies some resources", [allow(), deny({ NotResource: "arn:*" })], false],
    ["asks for the caller's ARN", [allow(when("aws:PrincipalArn"))], true],
    ["asks for the caller's tag", [allow(when("aws:PrincipalTag/team"))], true],
    ["asks for the Region", [deny(when("aws:RequestedRegion"))], true],
    ["asks for TLS", [deny(when("aws:SecureTransport"))], true],
    ["asks for the service", [allow(when("kms:ViaService"))], true],
    ["asks for the caller's account", [allow(when("kms:CallerAccount"))], true],
    ["asks for the address", [allow(when("aws:SourceIp"))], false],
    ["asks for what only ends so", [allow(when("x-aws:RequestedRegion"))], false],
    ["asks for what only begins so", [allow(when("kms:ViaServiceX"))], false],
    ["compares with a variable", [allow(when("aws:PrincipalArn", "${aws:userid}"))], false],
    [
      "asks for one more",
      [allow({ Condition: { StringEquals: { "aws:PrincipalArn": "x", "aws:SourceIp": "y" } } })],
      false,
    ],
  ];
  for (const [name, statements, answer] of cases) {
    it(`${name}: ${answer ? "yes" : "no"}`, () => {
      const { policy } = attached("p", ...statements);
      assert.deepEqual([looksAtCallerOnly(policy), looksAtCallerOnly(policy)], [answer, answer]);
    });
  }
});
