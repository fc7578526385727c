import { strict as assert } from "assert";
import { AccessWorld, MANAGED_KEY, symbolFor } from "../../../iam/proof";
import { allow, attached, deny } from "../worlds";
import {
  answer,
  arnOfRole,
  BILLING,
  decrypting,
  key,
  KEY,
  mayRead,
  ORDERS,
  ORGANIZATION,
  reading,
  role,
  secret,
  SECRETS,
  user,
  world,
} from "./access-worlds";

const api = role("api", { identity: [mayRead] });
const apiOnly = { AWS: api.arn };
const ofOrders = { AWS: ORDERS };
const keyForOrders = [key([decrypting(ofOrders)])];
const suffix = symbolFor({ of: "suffix of secret new", shape: "??????" });
const newArn = `arn:aws:secretsmanager:eu-west-1:${SECRETS}:secret:new-${suffix}`;

function when(Condition: object): AccessWorld {
  return world({
    principals: [api],
    secrets: [secret([reading(apiOnly, { Condition: Condition as never })])],
    keys: keyForOrders,
  });
}

const cases: readonly {
  readonly name: string;
  readonly given: AccessWorld;
  readonly readers: readonly string[];
}[] = [
  { name: "nobody but the owner's account by default", given: world(), readers: [] },
  {
    name: "a role of the owner's account by its own policy",
    given: world({ principals: [role("own", { accountId: SECRETS, identity: [mayRead] })] }),
    readers: [`${SECRETS}:role/own: always`],
  },
  {
    name: "not a role of another account without the secret's policy",
    given: world({ principals: [api], keys: keyForOrders }),
    readers: [],
  },
  {
    name: "not without the key",
    given: world({ principals: [api], secrets: [secret([reading(apiOnly)])] }),
    readers: [],
  },
  {
    name: "a role of another account with secret, key and its own policy",
    given: world({ principals: [api], secrets: [secret([reading(apiOnly)])], keys: keyForOrders }),
    readers: [`${ORDERS}:role/api: always`],
  },
  {
    name: "everyone in an account that the policy names",
    given: world({ principals: [api], secrets: [secret([reading(ofOrders)])], keys: keyForOrders }),
    readers: [`${ORDERS}:role/api: always`, `others of ${ORDERS}: always`],
  },
  {
    name: "everyone in the world",
    given: world({ secrets: [secret([reading("*")])], keys: [key([decrypting("*")])] }),
    readers: [
      `others of ${ORDERS}: always`,
      `others of ${BILLING}: always`,
      "others of the organisation: always",
      "any-aws-principal: always",
      "anonymous: always",
      "any service: always",
    ],
  },
  {
    name: "everyone of the organisation",
    given: world({
      secrets: [
        secret([reading("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } } })]),
      ],
      keys: [key([decrypting("*")])],
    }),
    readers: [
      `others of ${ORDERS}: always`,
      `others of ${BILLING}: always`,
      "others of the organisation: always",
    ],
  },
  {
    name: "a stranger whom the policy names",
    given: world({ secrets: [secret([reading({ AWS: arnOfRole("gone") })])], keys: keyForOrders }),
    readers: [`others of ${ORDERS}: aws:PrincipalArn is ${arnOfRole("gone")}`],
  },
  {
    name: "an account that the world does not list, in the organisation or not",
    given: world({
      secrets: [secret([reading({ AWS: "444444444444" })])],
      keys: [key([decrypting({ AWS: "444444444444" })])],
    }),
    readers: ["others of 444444444444: always"],
  },
  {
    name: "a service",
    given: world({
      secrets: [secret([reading({ Service: "lambda.amazonaws.com" })])],
      keys: [key([decrypting({ Service: "lambda.amazonaws.com" })])],
    }),
    readers: ["lambda.amazonaws.com: always"],
  },
  {
    name: "only through an endpoint",
    given: when({ StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } }),
    readers: [`${ORDERS}:role/api: aws:SourceVpce is vpce-1 or vpce-2`],
  },
  {
    name: "from addresses",
    given: when({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
    readers: [`${ORDERS}:role/api: aws:SourceIp is 203.0.113.0/24`],
  },
  {
    name: "not from an endpoint and an address at once",
    given: when({ StringLike: { "aws:SourceVpce": "*" }, IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }),
    readers: [],
  },
  {
    name: "the current version only",
    given: when({ StringEquals: { "secretsmanager:VersionStage": "AWSCURRENT" } }),
    readers: [`${ORDERS}:role/api: secretsmanager:VersionStage is AWSCURRENT`],
  },
  {
    name: "not after its time",
    given: when({ DateLessThan: { "aws:CurrentTime": "2025-06-01T00:00:00Z" } }),
    readers: [],
  },
  {
    name: "until its time",
    given: when({ DateLessThan: { "aws:CurrentTime": "2026-06-01T00:00:00Z" } }),
    readers: [`${ORDERS}:role/api: aws:CurrentTime is < 2026-06-01T00:00:00Z`],
  },
  {
    name: "with the second factor",
    given: when({ Bool: { "aws:MultiFactorAuthPresent": "true" } }),
    readers: [`${ORDERS}:role/api: aws:MultiFactorAuthPresent is true`],
  },
  {
    name: "a session by its name",
    given: world({
      principals: [api],
      secrets: [secret([reading({ AWS: `arn:aws:sts::${ORDERS}:assumed-role/api/nightly` })])],
      keys: keyForOrders,
    }),
    readers: [`${ORDERS}:role/api: session name is nightly`],
  },
  {
    name: "a session that an endpoint's policy names, through it",
    given: {
      ...when({ StringEquals: { "aws:SourceVpce": "vpce-1" } }),
      endpoints: [
        {
          id: "vpce-1",
          vpcId: "vpc-1",
          accountId: ORDERS,
          region: "eu-west-1",
          service: "secretsmanager",
          policy: attached(
            "endpoint policy",
            allow({ Principal: { AWS: `arn:aws:sts::${ORDERS}:assumed-role/api/nightly` } }),
          ),
        },
      ],
    },
    readers: [`${ORDERS}:role/api: session name is nightly and aws:SourceVpce is vpce-1`],
  },
  {
    name: "of an account those whose ARN the statement asks for",
    given: world({
      principals: ["api", "batch", "admin"].map((name) => role(name, { identity: [mayRead] })),
      secrets: [
        secret([
          reading(ofOrders, { Condition: { ArnEquals: { "aws:PrincipalArn": arnOfRole("api") } } }),
          reading(ofOrders, { Condition: { StringLike: { "aws:PrincipalArn": arnOfRole("ba*") } } }),
        ]),
      ],
      keys: keyForOrders,
    }),
    readers: [
      `${ORDERS}:role/api: always`,
      `${ORDERS}:role/batch: always`,
      `others of ${ORDERS}: aws:PrincipalArn is ${arnOfRole("ba*")} and is not ${arnOfRole("api")}`,
    ],
  },
  {
    name: "a user with the tag of the secret",
    given: world({
      principals: [
        user("alice", { identity: [mayRead], tags: { team: "orders" } }),
        user("bob", { identity: [mayRead], tags: { team: "billing" } }),
      ],
      secrets: [
        secret(
          [
            reading(
              { AWS: [`arn:aws:iam::${ORDERS}:user/alice`, `arn:aws:iam::${ORDERS}:user/bob`] },
              { Condition: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } },
            ),
          ],
          { tags: { team: "orders" } },
        ),
      ],
      keys: keyForOrders,
    }),
    readers: [`${ORDERS}:user/alice: always`],
  },
  {
    name: "not past a boundary",
    given: world({
      principals: [{ ...api, boundary: attached("boundary", allow({ Action: "s3:*" })) }],
      secrets: [secret([reading(apiOnly)])],
      keys: keyForOrders,
    }),
    readers: [],
  },
  {
    name: "not past a service control policy of the account",
    given: {
      ...when({}),
      accounts: [
        { id: SECRETS, organizationPath: `${ORGANIZATION}/r/` },
        {
          id: ORDERS,
          organizationPath: `${ORGANIZATION}/r/`,
          scps: [[attached("SCP", allow(), deny({ Action: "kms:*" }))]],
        },
      ],
    },
    readers: [],
  },
  {
    name: "not past a resource control policy of the owner",
    given: {
      ...when({}),
      accounts: [
        {
          id: SECRETS,
          rcps: [
            [attached("RCP", allow({ Principal: "*" }), deny({ Principal: "*", Action: "kms:Decrypt" }))],
          ],
        },
        { id: ORDERS },
      ],
    },
    readers: [],
  },
  {
    name: "not through an endpoint whose policy denies",
    given: {
      ...when({}),
      endpoints: [
        {
          id: "vpce-1",
          vpcId: "vpc-1",
          accountId: ORDERS,
          region: "eu-west-1",
          service: "secretsmanager",
          policy: attached("endpoint policy", deny({ Principal: "*" })),
        },
      ],
    },
    readers: [`${ORDERS}:role/api: aws:SourceVpce is not vpce-1`],
  },
  {
    name: "no anonymous caller through an endpoint that is for the organisation",
    given: world({
      secrets: [
        secret([reading("*", { Condition: { StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } } })]),
      ],
      keys: [key([decrypting("*")])],
      endpoints: [
        {
          id: "vpce-1",
          vpcId: "vpc-1",
          accountId: ORDERS,
          region: "eu-west-1",
          service: "secretsmanager",
          policy: attached(
            "endpoint policy",
            allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } } }),
          ),
        },
      ],
    }),
    readers: [
      `others of ${ORDERS}: aws:SourceVpce is vpce-1 or vpce-2`,
      `others of ${BILLING}: aws:SourceVpce is vpce-1 or vpce-2`,
      "others of the organisation: aws:SourceVpce is vpce-1 or vpce-2",
      "any-aws-principal: aws:SourceVpce is vpce-2",
      "anonymous: aws:SourceVpce is vpce-2",
    ],
  },
  {
    name: "by a grant instead of the key policy",
    given: world({
      principals: [api],
      secrets: [secret([reading(apiOnly)])],
      keys: [key([], { grants: [{ grantId: "g", granteePrincipal: api.arn, operations: ["Decrypt"] }] })],
    }),
    readers: [`${ORDERS}:role/api: always`],
  },
  {
    name: "not from another account under the AWS managed key",
    given: world({ principals: [api], secrets: [secret([reading(apiOnly)], { key: MANAGED_KEY })] }),
    readers: [],
  },
  {
    name: "a secret whose ARN is not known yet, by a pattern that means it",
    given: world({
      principals: [
        role("own", {
          accountId: SECRETS,
          identity: [
            attached(
              "p",
              allow({ Resource: `arn:aws:secretsmanager:*:${SECRETS}:secret:new-??????` }),
              allow({ Resource: KEY }),
            ),
          ],
        }),
      ],
      secrets: [secret([], { arn: newArn })],
    }),
    readers: [`${SECRETS}:role/own: always`],
  },
];

describe("the readers of a secret", () => {
  for (const { name, given, readers } of cases) {
    it(name, () => assert.deepEqual(answer(given), readers));
  }

  describe("that cannot be told", () => {
    const open: readonly {
      readonly name: string;
      readonly given: AccessWorld;
      readonly readers: readonly string[];
    }[] = [
      {
        name: "for a policy that is not known yet",
        given: world({
          principals: [
            role("own", { accountId: SECRETS, identity: [{ source: "policy of own", unknown: "not made" }] }),
          ],
        }),
        readers: [`${SECRETS}:role/own: always (cannot tell: document policy of own)`],
      },
      {
        name: "for a key that the world does not have",
        given: world({ principals: [api], secrets: [secret([reading(apiOnly)])], keys: [] }),
        readers: [`${ORDERS}:role/api: always (cannot tell: document policy of key ${KEY})`],
      },
      {
        name: "for a condition key that is not known",
        given: when({ StringEquals: { "aws:NotAKey": "x" } }),
        readers: [`${ORDERS}:role/api: always (cannot tell: condition-key aws:notakey)`],
      },
      {
        name: "for an operator that AWS does not know",
        given: when({ StringMatches: { "aws:SourceVpce": "x" } }),
        readers: [`${ORDERS}:role/api: always (cannot tell: operator StringMatches)`],
      },
      {
        name: "for a literal that the ARN may turn out to be",
        given: world({
          principals: [
            role("own", {
              accountId: SECRETS,
              identity: [
                attached(
                  "p",
                  allow({ Resource: newArn.replace(suffix, "AbCdEf") }),
                  allow({ Resource: KEY }),
                ),
              ],
            }),
          ],
          secrets: [secret([], { arn: newArn })],
        }),
        readers: [`${SECRETS}:role/own: always (cannot tell: value ${newArn.replace(suffix, "AbCdEf")})`],
      },
    ];
    for (const { name, given, readers } of open) {
      it(name, () => assert.deepEqual(answer(given), readers));
    }
  });

  it("include no one by a literal that the ARN cannot turn out to be", () => {
    const other = attached(
      "p",
      allow({ Resource: newArn.replace(suffix, "AbCdEfG") }),
      allow({ Resource: KEY }),
    );
    const principals = [role("own", { accountId: SECRETS, identity: [other] })];
    assert.deepEqual(answer(world({ principals, secrets: [secret([], { arn: newArn })] })), []);
  });

  it("are asked of both requests with the same values", () => {
    const statement = (agent: string) => ({ Condition: { StringLike: { "aws:UserAgent": agent } } });
    const given = (first: string, second: string) =>
      world({
        principals: [api],
        secrets: [secret([reading(apiOnly, statement(first))])],
        keys: [key([decrypting(ofOrders, statement(second))])],
      });
    assert.deepEqual(
      [answer(given("a*", "*b")), answer(given("a*", "b*"))],
      [[`${ORDERS}:role/api: aws:UserAgent is a* and aws:UserAgent is *b`], []],
    );
  });
});
