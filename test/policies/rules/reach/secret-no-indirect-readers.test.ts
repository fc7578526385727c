import { secretNoIndirectReaders } from "../../../../policies/rules/reach/secret-no-indirect-readers";
import { testRule } from "../../support/cases";
import { arn, decrypt, only, orders, read, readerAccount, readerArn, roleOf } from "./stacks";

const grant = { ...read, Principal: readerAccount, Condition: only(readerArn) };
const keyGrant = { ...decrypt, Principal: readerAccount, Condition: only(readerArn) };
const ownKey = { ...decrypt, Principal: { AWS: "arn:aws:iam::111111111111:root" } };
const stranger = { AWS: "arn:aws:iam::333333333333:root" };
const putPolicy = { Effect: "Allow", Action: "secretsmanager:PutResourcePolicy", Resource: "*" } as const;
const assume = { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" } as const;

function found(who: string, reader: string, step: string, call: string) {
  return {
    on: "orders",
    violation:
      `${who} can bring it about that ${reader} reads Secret "orders": ${who} does ${step}. This call succeeds: ${call}. ` +
      "Take the permission for one of the steps away, or bind it to a resource that leads nowhere.",
  };
}

const app = "role app of 222222222222";
const ops = "role ops of 111111111111";

testRule(secretNoIndirectReaders, [
  {
    name: "is silent when only the reader's own account leads to it",
    stack: orders([grant], [keyGrant]),
    says: [],
  },
  {
    name: "is silent about a reader that its own account may assume",
    stack: [...orders([grant], [keyGrant]), ...roleOf("222222222222", "app", [read, decrypt])],
    says: [],
  },
  {
    name: "finds a reader that another account may assume",
    stack: [...orders([grant], [keyGrant]), ...roleOf("222222222222", "app", [read, decrypt], stranger)],
    says: [
      found(
        "any other principal of 333333333333",
        app,
        `sts:AssumeRole on ${readerArn}`,
        "sts:AssumeRole by the root user of 333333333333, through no endpoint",
      ),
    ],
  },
  {
    name: "finds a role that may change the secret's policy and decrypt",
    stack: [...orders([grant], [keyGrant, ownKey]), ...roleOf("111111111111", "ops", [putPolicy, decrypt])],
    says: [
      found(
        ops,
        ops,
        `secretsmanager:PutResourcePolicy on ${arn}`,
        "PutResourcePolicy by arn:aws:iam::111111111111:role/ops, through no endpoint",
      ),
    ],
  },
  {
    name: "is silent about a role that may change the secret's policy where nobody new can decrypt",
    stack: [...orders([grant], [keyGrant]), ...roleOf("111111111111", "ops", [putPolicy])],
    says: [],
  },
  {
    name: "finds a role that may assume one that reads",
    stack: [
      ...orders([grant], [keyGrant, ownKey], {
        "strongroom:readers": "222222222222:role/app 111111111111:role/rotate",
      }),
      ...roleOf("111111111111", "rotate", [read, decrypt]),
      ...roleOf("111111111111", "ops", [assume]),
    ],
    says: [
      found(
        ops,
        "role rotate of 111111111111",
        "sts:AssumeRole on arn:aws:iam::111111111111:role/rotate",
        "sts:AssumeRole by arn:aws:iam::111111111111:role/ops, through no endpoint",
      ),
    ],
  },
  {
    name: "says nothing of secrets that declare no readers",
    stack: [
      ...orders([grant], [keyGrant, ownKey], {}),
      ...roleOf("111111111111", "ops", [putPolicy, decrypt]),
    ],
    says: [],
  },
]);
