import { secretDeclaredReadersCanRead } from "../../../../policies/rules/reach/secret-declared-readers-can-read";
import { testRule } from "../../support/cases";
import { policy, resource, unknownText } from "../../support/stack";
import { arn, decrypt, keyArn, only, orders, read, readerAccount, readerArn, roleOf } from "./stacks";

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
