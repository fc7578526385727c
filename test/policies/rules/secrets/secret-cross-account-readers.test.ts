import { secretCrossAccountReaders } from "../../../../policies/rules/secrets/secret-cross-account-readers";
import { Case, testRule } from "../../support/cases";
import { organizationId, ownerId, policy, readerId, resource, Said, unknownText } from "../../support/stack";

import { tooComplex } from "../../support/too-complex";

const fix = "Grant to accounts of the organisation only, with a condition on aws:PrincipalOrgID.";
const arn = `arn:aws:secretsmanager:eu-west-1:${ownerId}:secret:orders-a1b2c3`;
const secret = resource("secret", "orders", { props: { arn: unknownText, name: "orders" } });
const stack = (...statements: readonly object[]) => [
  secret,
  resource("secretPolicy", "access", {
    props: { secretArn: unknownText, policy: policy(...statements) },
    from: { secretArn: [secret] },
  }),
];
const role = (account: string) => `arn:aws:iam::${account}:role/orders-service`;
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const read = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const ofOrganization = { StringEquals: { "aws:PrincipalOrgID": organizationId } };
const known = { id: organizationId, accounts: [ownerId, readerId] };
const says = (text: string): readonly Said[] => [
  { on: "access", violation: `the policy of SecretPolicy "access" ${text}. ${fix}` },
];
const unbound = says(`lets account ${readerId} read in whatever organisation it is`);

const bound: readonly (readonly [string, readonly object[], readonly Said[]])[] = [
  ["its own account", [{ ...read, Principal: root(ownerId) }], []],
  ["another account, bound", [{ ...read, Principal: root(readerId), Condition: ofOrganization }], []],
  ["another account, not bound", [{ ...read, Principal: root(readerId) }], unbound],
  ["another account by its number", [{ ...read, Principal: { AWS: readerId } }], unbound],
  ["a role of another account, not bound", [{ ...read, Principal: { AWS: role(readerId) } }], unbound],
  [
    "as the components write it: root, role, organisation, VPC",
    [
      {
        ...read,
        Principal: root(readerId),
        Condition: {
          StringEquals: { ...ofOrganization.StringEquals, "aws:SourceVpc": "vpc-0a0000000000000a1" },
          ArnEquals: { "aws:PrincipalArn": role(readerId) },
        },
      },
    ],
    [],
  ],
  [
    "bound to a VPC only",
    [
      {
        ...read,
        Principal: root(readerId),
        Condition: { StringEquals: { "aws:SourceVpc": "vpc-0a0000000000000a1" } },
      },
    ],
    unbound,
  ],
  [
    "bound if there is an organisation",
    [
      {
        ...read,
        Principal: root(readerId),
        Condition: { StringEqualsIfExists: ofOrganization.StringEquals },
      },
    ],
    unbound,
  ],
  [
    "bound to the wrong key",
    [
      {
        ...read,
        Principal: root(readerId),
        Condition: { StringEquals: { "aws:ResourceOrgID": organizationId } },
      },
    ],
    unbound,
  ],
  [
    "a wildcard held by an account",
    [{ ...read, Principal: "*", Condition: { StringEquals: { "aws:PrincipalAccount": readerId } } }],
    unbound,
  ],
  ["a wildcard held by the organisation", [{ ...read, Principal: "*", Condition: ofOrganization }], []],
  [
    "bound by a Deny",
    [
      { ...read, Principal: root(readerId) },
      {
        ...read,
        Effect: "Deny",
        Principal: "*",
        Condition: { StringNotEquals: ofOrganization.StringEquals },
      },
    ],
    [],
  ],
  [
    "another account that may only describe",
    [{ ...read, Action: "secretsmanager:DescribeSecret", Principal: root(readerId) }],
    [],
  ],
  [
    "an account outside the list",
    [{ ...read, Principal: root("444444444444"), Condition: ofOrganization }],
    says("lets account 444444444444 read, which is not an allowed one"),
  ],
  [
    "its own organisation or another one",
    [
      {
        ...read,
        Principal: root(readerId),
        Condition: { StringEquals: { "aws:PrincipalOrgID": [organizationId, "o-theothers"] } },
      },
    ],
    says(`lets account ${readerId} read as a member of another organisation`),
  ],
  [
    "another organisation",
    [
      {
        ...read,
        Principal: root(readerId),
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-theothers" } },
      },
    ],
    says(`lets account ${readerId} read as a member of another organisation`),
  ],
];

const homeless = (...statements: readonly object[]) => [
  resource("secret", "orders", { props: { arn: unknownText, policy: policy(...statements) }, account: null }),
];

testRule(secretCrossAccountReaders, [
  ...bound.map(([name, statements, expected]): Case => ({
    name,
    stack: stack(...statements),
    organization: known,
    says: expected,
  })),
  {
    name: "any organisation is one, when none is configured",
    stack: stack({
      ...read,
      Principal: root(readerId),
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-theothers" } },
    }),
    says: [],
  },
  {
    name: "not bound, when none is configured",
    stack: stack({ ...read, Principal: root(readerId) }),
    says: unbound,
  },
  {
    name: "more conditions than are tried",
    stack: stack({ ...read, Principal: root(readerId), ...tooComplex }),
    says: [
      {
        on: "access",
        undecided:
          'the policy of SecretPolicy "access" has too many conditions to try them all / a policy with fewer values',
      },
    ],
  },
  {
    name: "an account that may be the owner's cannot be told",
    stack: homeless({ ...read, Principal: root(readerId) }),
    says: [
      {
        on: "orders",
        undecided: `whether account ${readerId} in the policy of Secret "orders" owns the secret is not known / the ARN of the secret, or an account in the provider's settings`,
      },
    ],
  },
  {
    name: "of two accounts one is not the owner's",
    stack: homeless({ ...read, Principal: root(readerId) }, { ...read, Principal: root("333333333333") }),
    says: [
      {
        on: "orders",
        violation: `the policy of Secret "orders" lets accounts ${readerId}, 333333333333 read without binding them to the organisation. ${fix}`,
      },
    ],
  },
  {
    name: "an account outside the organisation cannot be the owner's",
    stack: homeless({ ...read, Principal: root("444444444444") }),
    organization: known,
    says: [
      {
        on: "orders",
        violation: `the policy of Secret "orders" lets account 444444444444 read, which is not an allowed one. ${fix}`,
      },
    ],
  },
  {
    name: "the owner is known from the ARN",
    stack: [
      resource("secret", "orders", {
        props: { arn, policy: policy({ ...read, Principal: root(ownerId) }) },
        account: null,
      }),
    ],
    says: [],
  },
  {
    name: "a policy that is not known is another rule's to report",
    stack: [resource("secret", "orders", { props: { policy: unknownText } })],
    says: [],
  },
]);
