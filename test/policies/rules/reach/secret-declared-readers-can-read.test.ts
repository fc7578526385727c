import { secretDeclaredReadersCanRead } from "../../../../policies/rules/reach/secret-declared-readers-can-read";
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
const other = only("arn:aws:iam::222222222222:role/other");

function refused(action: string, why: string) {
  return {
    on: "orders",
    violation:
      'Secret "orders" cannot be read in eu-west-1 by its declared reader role app of 222222222222: of GetSecretValue by ' +
      `arn:aws:iam::222222222222:role/app, through no endpoint, ${action} is refused. Denied: ${why}. ` +
      "Let the document that refuses allow it, or take the reader out of the declaration.",
  };
}

const declares = { "strongroom:readers": "111111111111:role/app" };
const listing = { Effect: "Allow", Action: "secretsmanager:ListSecrets", Resource: "*" } as const;
const oneOfTwo = { app: [{ ...read, Resource: "arn:aws:secretsmanager:eu-west-1:*" }] };

const inRegion = (region: string, reader = "app") => ({
  on: "orders",
  violation:
    `Secret "orders" cannot be read in ${region} by its declared reader role ${reader} of 111111111111: of ` +
    `GetSecretValue by arn:aws:iam::111111111111:role/${reader}, through no endpoint, secretsmanager:GetSecretValue is ` +
    "refused. Denied: no statement of the identity policy allows it (looked at: inline policy own of role " +
    `${reader}). Let the document that refuses allow it, or take the reader out of the declaration.`,
});

testRule(secretDeclaredReadersCanRead, [
  { name: "is silent when all documents agree", stack: orders([grant], [keyGrant]), says: [] },
  {
    name: "is silent when the reader's own policies, which are known, agree as well",
    stack: [...orders([grant], [keyGrant]), ...roleOf("222222222222", "app", [read, decrypt])],
    says: [],
  },
  {
    name: "finds a key that does not let the reader decrypt",
    stack: orders([grant], [{ ...keyGrant, Condition: other }]),
    says: [
      refused(
        "kms:Decrypt",
        "neither the key policy nor a grant allows it to the caller or to account 222222222222, so the caller's own " +
          "policies count for nothing",
      ),
    ],
  },
  {
    name: "finds a secret whose policy leaves the reader out",
    stack: orders([{ ...grant, Condition: other }], [keyGrant]),
    says: [
      refused(
        "secretsmanager:GetSecretValue",
        "no statement of the resource policy allows it (looked at: resource policy of secret orders)",
      ),
    ],
  },
  {
    name: "finds a reader whose own policies forgot the key",
    stack: [...orders([grant], [keyGrant]), ...roleOf("222222222222", "app", [read])],
    says: [
      refused(
        "kms:Decrypt",
        "no statement of the identity policy allows it (looked at: inline policy own of role app)",
      ),
    ],
  },
  {
    name: "finds a service control policy in the way",
    stack: orders([grant], [keyGrant]),
    organization: {
      id: "o-strongroom",
      scps: [
        {
          name: "no-kms",
          targets: ["222222222222"],
          document: { Version: "2012-10-17", Statement: { Effect: "Deny", Action: "kms:*", Resource: "*" } },
        },
      ],
    },
    says: [
      refused(
        "kms:Decrypt",
        "statement number 1 of service control policy no-kms attached to 222222222222 denies it explicitly (service " +
          "control policy)",
      ),
    ],
  },
  {
    name: "is silent about a declared reader that is no role and no user",
    stack: inTwoRegions({ "strongroom:readers": "lambda.amazonaws.com" }, {}),
    says: [],
  },
  {
    name: "is silent about principals that are no declared readers",
    stack: inTwoRegions({ "strongroom:readers": "111111111111:role/app" }, { app: [read], idle: [] }),
    says: [],
  },
  {
    name: "is silent about a reader in one Region of two",
    stack: inTwoRegions(declares, oneOfTwo),
    says: [],
  },
  {
    name: "finds the Region where a reader cannot read, when each is demanded",
    stack: inTwoRegions(declares, oneOfTwo),
    config: { everyRegion: true },
    says: [inRegion("eu-central-1")],
  },
  {
    name: "is silent about a reader in both Regions, when each is demanded",
    stack: inTwoRegions(declares, { app: [read] }),
    config: { everyRegion: true },
    says: [],
  },
  {
    name: "finds a reader that can read nowhere once",
    stack: inTwoRegions(declares, { app: [listing] }),
    says: [inRegion("eu-west-1")],
  },
  {
    name: "finds it in each Region, when each is demanded",
    stack: inTwoRegions(declares, { app: [listing] }),
    config: { everyRegion: true },
    says: [inRegion("eu-west-1"), inRegion("eu-central-1")],
  },
  {
    name: "finds each of two readers that cannot read",
    stack: inTwoRegions(
      { "strongroom:readers": "111111111111:role/app 111111111111:role/batch" },
      { app: [listing], batch: [listing] },
    ),
    says: [inRegion("eu-west-1"), inRegion("eu-west-1", "batch")],
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
          policy: policy(grant),
          tags: { "strongroom:readers": "222222222222:role/app" },
        },
      }),
    ],
    says: [
      {
        on: "orders",
        undecided:
          'whether the declared reader role app of 222222222222 can read Secret "orders" cannot be told / key policy of ' +
          "k-1: it depends on the value of `policy`",
      },
    ],
  },
]);
