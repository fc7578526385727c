import { keyPolicyNoWildcard } from "../../../../policies/rules/keys/key-policy-no-wildcard";
import { Case, testRule } from "../../support/cases";
import { policy, resource, unknownText } from "../../support/stack";

import { tooComplex } from "../../support/too-complex";

const fix =
  "Name the principals, or hold the wildcard with aws:PrincipalOrgID, aws:PrincipalAccount or kms:CallerAccount.";
const use = { Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt", Resource: "*" };
const held = (condition: object) => [{ ...use, Condition: condition }];
const everybody = "anybody, without credentials";

const documents: readonly (readonly [string, readonly object[], string | undefined])[] = [
  [
    "the account's root",
    [{ ...use, Principal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "kms:*" }],
    undefined,
  ],
  ["a wildcard", [use], everybody],
  ["a wildcard to administer", [{ ...use, Action: "kms:Put*" }], everybody],
  ["a wildcard to look at", [{ ...use, Action: "kms:DescribeKey" }], undefined],
  [
    "a wildcard of one caller's account",
    held({ StringEquals: { "kms:CallerAccount": "111111111111" } }),
    undefined,
  ],
  [
    "a wildcard of every account but one",
    held({ StringNotEquals: { "kms:CallerAccount": "222222222222" } }),
    everybody,
  ],
  [
    "a wildcard of the organisation",
    held({ StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } }),
    undefined,
  ],
  [
    "a wildcard through a service, in whoever's account",
    held({ StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } }),
    everybody,
  ],
  [
    "a wildcard with an encryption context",
    held({ StringEquals: { "kms:EncryptionContext:app": "orders" } }),
    everybody,
  ],
  [
    "AWS's own form: through a service and for one account",
    held({
      StringEquals: {
        "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
        "kms:CallerAccount": "111111111111",
      },
    }),
    undefined,
  ],
  [
    "a wildcard for grants to AWS's resources",
    [{ ...use, Action: "kms:CreateGrant", Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } } }],
    everybody,
  ],
  [
    "a wildcard of roles by name in any account",
    held({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" } }),
    "any AWS account",
  ],
  ["an AWS service", [{ ...use, Principal: { Service: "logs.amazonaws.com" } }], undefined],
];

testRule(keyPolicyNoWildcard, [
  ...documents.map(([name, statements, who]): Case => ({
    name,
    stack: [resource("key", "main", { props: { policy: policy(...statements) } })],
    says:
      who === undefined ? [] : [{ on: "main", violation: `the policy of Key "main" lets in ${who}. ${fix}` }],
  })),
  {
    name: "the policy of its own resource",
    stack: [
      resource("key", "main", { props: { keyId: "k" } }),
      resource("keyPolicy", "open", { props: { keyId: "k", policy: policy(use) } }),
    ],
    says: [{ on: "open", violation: `the policy of KeyPolicy "open" lets in ${everybody}. ${fix}` }],
  },
  {
    name: "the policy of a key of another stack",
    stack: [resource("keyPolicy", "open", { props: { keyId: "k", policy: policy(use) } })],
    says: [{ on: "open", violation: `the policy of KeyPolicy "open" lets in ${everybody}. ${fix}` }],
  },
  {
    name: "a replica key",
    stack: [resource("replicaKey", "replica", { props: { policy: policy(use) } })],
    says: [{ on: "replica", violation: `the policy of ReplicaKey "replica" lets in ${everybody}. ${fix}` }],
  },
  {
    name: "a policy that AWS refuses",
    stack: [resource("key", "main", { props: { policy: "{" } })],
    says: [
      {
        on: "main",
        violation: 'AWS refuses the policy of Key "main": it is not JSON. Write a policy that AWS accepts.',
      },
    ],
  },
  {
    name: "more conditions than are tried",
    stack: [resource("key", "main", { props: { policy: policy({ ...use, ...tooComplex }) } })],
    says: [
      {
        on: "main",
        undecided:
          'the policy of Key "main" has too many conditions to try them all / a policy with fewer condition values',
      },
    ],
  },
  {
    name: "a policy that is not known does not silence the next",
    stack: [
      resource("key", "later", { props: { policy: unknownText } }),
      resource("key", "main", { props: { policy: policy(use) } }),
    ],
    says: [
      { on: "later", undecided: 'the policy of Key "later" is not known / the value of `policy`' },
      { on: "main", violation: `the policy of Key "main" lets in ${everybody}. ${fix}` },
    ],
  },
]);
