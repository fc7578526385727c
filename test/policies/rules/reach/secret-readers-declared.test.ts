import { strict as assert } from "assert";
import { anyOrganization } from "../../../../policies/organization";
import { secretReadersDeclared } from "../../../../policies/rules/reach/secret-readers-declared";
import { withDefaults } from "../../../../policies/setting";
import { buildGraph } from "../../../../policies/stack/graph";
import { testRule } from "../../support/cases";
import { policy, resource, unknownText } from "../../support/stack";
import {
  arn,
  decrypt,
  inTwoRegions,
  keyArn,
  only,
  orders,
  read,
  readerAccount,
  readerArn,
  roleOf,
} from "./stacks";

const grant = { ...read, Principal: readerAccount, Condition: only(readerArn) };
const keyGrant = { ...decrypt, Principal: readerAccount, Condition: only(readerArn) };
const account = { ...read, Principal: readerAccount };
const keyAccount = { ...decrypt, Principal: readerAccount };
const ownKey = { ...decrypt, Principal: { AWS: "arn:aws:iam::111111111111:root" } };
const everybody = { ...read, Principal: "*" };
const inOrganization = { StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } };
const bySecret = "statement number 1 of resource policy of secret orders";
const byKey = "statement number 1 of key policy of k-1";

/** What is said of a reader: who it is, when it reads, which call shows it and what allows the two requests. */
function found(who: string, call: string, read: string, decrypt: string, when = "") {
  return {
    on: "orders",
    violation:
      `Secret "orders" can be read in eu-west-1 by ${who}, which is no declared reader${when}. This call succeeds: ` +
      `GetSecretValue by ${call} (secretsmanager:GetSecretValue: allowed by ${read}; kms:Decrypt: allowed by ${decrypt}). ` +
      "Narrow the document that lets it in, or declare the reader: in the grants, in the secret's tag strongroom:readers " +
      "or in the setting declaredReaders.",
  };
}

const others = (accountId: string) =>
  found(
    `any other principal of ${accountId}`,
    `the root user of ${accountId}, through no endpoint`,
    bySecret,
    byKey,
  );
const strangers = found(
  "any principal of any other AWS account",
  "the root user of 000000000000, through no endpoint",
  bySecret,
  byKey,
);
const anonymous = found(
  "anybody, without credentials",
  "somebody without credentials, through no endpoint",
  bySecret,
  byKey,
);
const services = found("an AWS service", "any-other.amazonaws.com, through no endpoint", bySecret, byKey);

testRule(secretReadersDeclared, [
  {
    name: "is silent when only the declared reader gets through",
    stack: orders([grant], [keyGrant]),
    says: [],
  },
  {
    name: "is silent when the key keeps out whom the secret lets in",
    stack: orders([everybody], [keyGrant]),
    says: [],
  },
  {
    name: "is silent when the secret keeps out whom the key lets in",
    stack: orders([grant], [{ ...decrypt, Principal: "*" }]),
    says: [],
  },
  {
    name: "finds the rest of an account that the documents name as a whole",
    stack: orders([account], [keyAccount]),
    says: [others("222222222222")],
  },
  {
    name: "finds everybody",
    stack: orders([everybody], [{ ...decrypt, Principal: "*" }]),
    says: [others("222222222222"), strangers, anonymous, services],
  },
  {
    name: "finds everybody also where nothing is declared, and no account that is named",
    stack: orders([everybody], [{ ...decrypt, Principal: "*" }], {}),
    says: [strangers, anonymous],
  },
  {
    name: "finds the whole organisation",
    stack: orders(
      [{ ...everybody, Condition: inOrganization }],
      [{ ...decrypt, Principal: "*", Condition: inOrganization }],
    ),
    says: [
      others("222222222222"),
      found(
        "any principal of another account of o-strongroom",
        "the root user of 000000000000, through no endpoint",
        bySecret,
        byKey,
      ),
    ],
  },
  {
    name: "finds a role of the secret's own account that its own policies let in",
    stack: [...orders([grant], [keyGrant, ownKey]), ...roleOf("111111111111", "spy", [read, decrypt])],
    says: [
      found(
        "role spy of 111111111111",
        "arn:aws:iam::111111111111:role/spy, through no endpoint",
        "statement number 1 of inline policy own of role spy",
        "statement number 2 of key policy of k-1 and statement number 2 of inline policy own of role spy",
      ),
    ],
  },
  {
    name: "is silent about a role that may read but not decrypt",
    stack: [...orders([grant], [keyGrant, ownKey]), ...roleOf("111111111111", "spy", [read])],
    says: [],
  },
  {
    name: "says under which conditions an undeclared reader gets through",
    stack: orders(
      [grant, { ...account, Condition: { StringEquals: { "aws:SourceVpce": "vpce-0a1" } } }],
      [keyAccount],
    ),
    says: [
      found(
        "any other principal of 222222222222",
        "the root user of 222222222222, through vpce-0a1 with aws:SourceVpce=vpce-0a1",
        "statement number 2 of resource policy of secret orders",
        byKey,
        ", when aws:SourceVpce is vpce-0a1",
      ),
    ],
  },
  {
    name: "lets the account of the secret read by default, and not when told",
    stack: orders([grant], [keyGrant, ownKey]),
    config: { allowOwnerAccount: false },
    says: [
      found(
        "any other principal of 111111111111",
        "the root user of 111111111111, through no endpoint",
        "being the root user of the account that owns the resource",
        "statement number 2 of key policy of k-1",
      ),
    ],
  },
  {
    name: "takes readers from the settings as well",
    stack: [...orders([grant], [keyGrant, ownKey]), ...roleOf("111111111111", "spy", [read, decrypt])],
    organization: { declaredReaders: { orders: ["arn:aws:iam::111111111111:role/spy"] } },
    says: [],
  },
  {
    name: "says of which Regions somebody is a reader",
    stack: inTwoRegions({ "strongroom:readers": "" }, { spy: [read] }),
    says: [
      {
        on: "orders",
        violation: found(
          "role spy of 111111111111",
          "arn:aws:iam::111111111111:role/spy, through no endpoint",
          "statement number 1 of inline policy own of role spy",
          'statement "Through Secrets Manager for all principals of the account" of policy of the AWS managed key ' +
            "aws/secretsmanager of account 111111111111",
        ).violation.replace("in eu-west-1", "in eu-west-1 and eu-central-1"),
      },
    ],
  },
  {
    name: "cannot tell while two of a role's policies are not known",
    stack: [
      ...inTwoRegions({ "strongroom:readers": "" }, {}),
      resource("role", "spy", { props: { name: "spy" } }),
      ...["first", "second"].map((name) =>
        resource("rolePolicy", name, {
          props: { name, role: "spy", policy: unknownText },
          from: { policy: [] },
        }),
      ),
    ],
    says: [
      {
        on: "orders",
        undecided:
          'whether role spy of 111111111111 can read Secret "orders" cannot be told / inline policy first of role spy: ' +
          "it depends on the value of `policy`; inline policy second of role spy: it depends on the value of `policy`",
      },
    ],
  },
  {
    name: "cannot tell while the key's policy is not known",
    stack: [
      resource("key", "main", {
        props: { arn: keyArn, keyId: "k-1", policy: unknownText },
        from: { policy: [] },
      }),
      resource("secret", "orders", {
        props: {
          arn,
          name: "orders",
          kmsKeyId: keyArn,
          policy: policy(account),
          tags: { "strongroom:readers": "" },
        },
      }),
    ],
    says: [
      {
        on: "orders",
        undecided:
          'whether any other principal of 222222222222 can read Secret "orders" cannot be told / key policy of k-1: it ' +
          "depends on the value of `policy`",
      },
    ],
  },
  {
    name: "cannot tell while the account is not known",
    stack: [resource("secret", "orders", { props: { name: "orders" }, account: null })],
    says: [
      {
        on: "orders",
        undecided:
          'who can read cannot be told, for account or Region of Secret "orders" is not known / its ARN, or ' +
          "allowedAccountIds of the provider",
      },
    ],
  },
]);

describe("a finding of REACH-01", () => {
  it("is about the public where everybody reads, and not where one account does", () => {
    const { settings } = secretReadersDeclared;
    const found = secretReadersDeclared.check(
      buildGraph(orders([everybody], [{ ...decrypt, Principal: "*" }])),
      withDefaults(settings, {}),
      anyOrganization,
    );
    assert.deepEqual(
      found.map((one) => [
        /by (.*?), which/.exec("message" in one ? one.message : "")?.[1],
        "isPublic" in one && one.isPublic,
      ]),
      [
        ["any other principal of 222222222222", false],
        ["any principal of any other AWS account", true],
        ["anybody, without credentials", true],
        ["an AWS service", false],
      ],
    );
  });
});
