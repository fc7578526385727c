import { keyPolicyAdministered } from "../../../../policies/rules/keys/key-policy-administered";
import { Case, testRule } from "../../support/cases";
import { ownerId, policy, readerId, resource, unknownText } from "../../support/stack";

import { tooComplex } from "../../support/too-complex";

const fix =
  "Write a key policy in which the account root, or a role of the account that stays, may kms:PutKeyPolicy.";
const administer = {
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${ownerId}:root` },
  Action: "kms:*",
  Resource: "*",
};
const key = (document: string, more: object = {}) => [
  resource("key", "main", { props: { policy: document, ...more } }),
];
const locked = [
  {
    on: "main",
    violation: `the policy of Key "main" lets nobody of the account change it, so the key can be lost. ${fix}`,
  },
];

const documents: readonly (readonly [string, readonly object[], Case["says"]])[] = [
  ["the root for everything", [administer], []],
  ["the root by its account number", [{ ...administer, Principal: { AWS: ownerId } }], []],
  [
    "a role that administers",
    [{ ...administer, Principal: { AWS: `arn:aws:iam::${ownerId}:role/key-admin` }, Action: "kms:Put*" }],
    [],
  ],
  ["the root for use only", [{ ...administer, Action: ["kms:Decrypt", "kms:Encrypt"] }], locked],
  [
    "the root of another account",
    [{ ...administer, Principal: { AWS: `arn:aws:iam::${readerId}:root` } }],
    locked,
  ],
  [
    "the root, and a Deny for all",
    [administer, { ...administer, Effect: "Deny", Principal: "*", Action: "kms:PutKeyPolicy" }],
    locked,
  ],
  [
    "everything but administration",
    [{ ...administer, Action: undefined, NotAction: "kms:PutKeyPolicy" }],
    locked,
  ],
  [
    "the root alone, not whoever it lets act for it",
    [
      {
        ...administer,
        Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${ownerId}:root` } },
      },
    ],
    [],
  ],
  [
    "the account, from its own network",
    [{ ...administer, Condition: { StringEquals: { "aws:SourceVpc": "vpc-0a0000000000000a1" } } }],
    [],
  ],
  [
    "a wildcard of a role of another account",
    [
      {
        ...administer,
        Principal: "*",
        Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${readerId}:role/key-admin` } },
      },
    ],
    locked,
  ],
  [
    "a role of another account by name",
    [{ ...administer, Principal: { AWS: `arn:aws:iam::${readerId}:role/key-admin` } }],
    locked,
  ],
  [
    "a wildcard of the account",
    [{ ...administer, Principal: "*", Condition: { StringEquals: { "kms:CallerAccount": ownerId } } }],
    [],
  ],
];

testRule(keyPolicyAdministered, [
  ...documents.map(([name, statements, says]): Case => ({ name, stack: key(policy(...statements)), says })),
  {
    name: "no policy",
    stack: [resource("key", "main")],
    says: [
      {
        on: "main",
        violation: `Key "main" has no policy of its own, so IAM policies alone decide who uses it. ${fix}`,
      },
    ],
  },
  {
    name: "a policy by its own resource",
    stack: [
      resource("key", "main", { props: { keyId: "k" } }),
      resource("keyPolicy", "p", { props: { keyId: "k", policy: policy(administer) } }),
    ],
    says: [],
  },
  {
    name: "the lockout check bypassed",
    stack: key(policy(administer), { bypassPolicyLockoutSafetyCheck: true }),
    says: [
      {
        on: "main",
        violation:
          'Key "main" bypasses the check that keeps the key from being locked. Remove bypassPolicyLockoutSafetyCheck.',
      },
    ],
  },
  {
    name: "a lockout check of which it is not known",
    stack: key(policy(administer), { bypassPolicyLockoutSafetyCheck: unknownText }),
    says: [
      {
        on: "main",
        undecided:
          'whether Key "main" bypasses the check that keeps the key from being locked is not known / the value of ' +
          "`bypassPolicyLockoutSafetyCheck`",
      },
    ],
  },
  {
    name: "the lockout check in place",
    stack: key(policy(administer), { bypassPolicyLockoutSafetyCheck: false }),
    says: [],
  },
  {
    name: "the lockout check bypassed by the policy's own resource",
    stack: [
      resource("key", "main", { props: { keyId: "k" } }),
      resource("keyPolicy", "p", {
        props: { keyId: "k", policy: policy(administer), bypassPolicyLockoutSafetyCheck: true },
      }),
    ],
    says: [
      {
        on: "p",
        violation:
          'KeyPolicy "p" bypasses the check that keeps the key from being locked. Remove bypassPolicyLockoutSafetyCheck.',
      },
    ],
  },
  {
    name: "a policy that is not known",
    stack: key(unknownText),
    says: [{ on: "main", undecided: 'the policy of Key "main" is not known / the value of `policy`' }],
  },
  {
    name: "a policy that AWS refuses, which another rule reports",
    stack: key("{"),
    says: [],
  },
  {
    name: "more conditions than are tried",
    stack: key(policy({ ...administer, ...tooComplex })),
    says: [
      {
        on: "main",
        undecided:
          'the policy of Key "main" has too many conditions to try them all / a policy with fewer condition values',
      },
    ],
  },
  {
    name: "an account that is not known, and a policy for whoever calls from it",
    stack: [
      resource("key", "main", {
        props: { policy: policy({ ...administer, Principal: "*" }) },
        account: null,
      }),
    ],
    says: [],
  },
  {
    name: "an account that is not known, and nobody who administers",
    stack: [
      resource("key", "main", {
        props: { policy: policy({ ...administer, Action: "kms:Decrypt" }) },
        account: null,
      }),
    ],
    says: locked,
  },
  {
    name: "an account that is not known: the one the policy names",
    stack: [resource("key", "main", { props: { policy: policy(administer) }, account: null })],
    says: [],
  },
]);
