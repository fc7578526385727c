import { strict as assert } from "assert";
import { anyOrganization } from "../../../../policies/organization";
import { secretNoNewReaders } from "../../../../policies/rules/reach/secret-no-new-readers";
import { buildGraph } from "../../../../policies/stack/graph";
import { testRule } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";
import { decrypt, inTwoRegions, only, orders, read, readerAccount, readerArn } from "./stacks";

const grant = { ...read, Principal: readerAccount, Condition: only(readerArn) };
const keyGrant = { ...decrypt, Principal: readerAccount, Condition: only(readerArn) };
const stack = orders([grant], [keyGrant]);
const isNew = {
  on: "orders",
  violation:
    'Secret "orders" can be read in eu-west-1 by role app of 222222222222, which is not in the baseline. This call ' +
    "succeeds: GetSecretValue by arn:aws:iam::222222222222:role/app, through no endpoint (secretsmanager:GetSecretValue: " +
    "allowed by statement number 1 of resource policy of secret orders and statement number 1 of policies of role app, " +
    "which no stack at hand holds; kms:Decrypt: allowed by statement number 1 of key policy of k-1 and statement number " +
    "1 of policies of role app, which no stack at hand holds). Undo the change that lets it in, or accept it: write the " +
    "baseline anew with `strongroom access list --baseline`.",
};

testRule(secretNoNewReaders, [
  { name: "is silent without a baseline", stack, says: [] },
  {
    name: "is silent about readers of the baseline",
    stack,
    config: { baseline: { orders: [readerArn] } },
    says: [],
  },
  {
    name: "finds a declared reader who is new",
    stack,
    config: { baseline: { orders: ["arn:other"] } },
    says: [isNew],
  },
  {
    name: "says of which Regions it is a reader",
    stack: inTwoRegions({}, { app: [read] }),
    config: { baseline: { orders: ["others of 111111111111"] } },
    says: [
      {
        on: "orders",
        violation:
          'Secret "orders" can be read in eu-west-1 and eu-central-1 by role app of 111111111111, which is not in the ' +
          "baseline. This call succeeds: GetSecretValue by arn:aws:iam::111111111111:role/app, through no endpoint " +
          "(secretsmanager:GetSecretValue: allowed by statement number 1 of inline policy own of role app; kms:Decrypt: allowed by statement " +
          '"Through Secrets Manager for all principals of the account" of policy of the AWS managed key aws/secretsmanager ' +
          "of account 111111111111). Undo the " +
          "change that lets it in, or accept it: write the baseline anew with `strongroom access list --baseline`.",
      },
    ],
  },
  {
    name: "is silent about a secret called as something that every object has",
    stack: stack.map((one) => ({ ...one, props: { ...one.props, name: "constructor" } })),
    config: { baseline: { constructor: [readerArn] } },
    says: [],
  },
  {
    name: "is silent about a reader of whom it cannot be told",
    stack: [
      ...inTwoRegions({}, {}),
      resource("role", "app", { props: { name: "app" } }),
      resource("rolePolicy", "own", { props: { role: "app", policy: unknownText }, from: { policy: [] } }),
    ],
    config: { baseline: { orders: ["others of 111111111111"] } },
    says: [],
  },
  {
    name: "finds the readers of a new secret",
    stack,
    config: { baseline: { other: [readerArn] } },
    says: [isNew],
  },
]);

describe("a finding of REACH-04", () => {
  it("is about the public where everybody reads", () => {
    const anybody = [{ ...read, Principal: "*" }];
    const open = orders(anybody, [{ ...decrypt, Principal: "*" }]);
    const arePublic = [open, stack].map((one) =>
      secretNoNewReaders
        .check(buildGraph(one), { baseline: { other: [] } }, anyOrganization)
        .some((found) => "isPublic" in found && found.isPublic === true),
    );
    assert.deepEqual(arePublic, [true, false]);
  });
});
