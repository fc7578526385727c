import { secretNoNewReaders } from "../../../../policies/rules/reach/secret-no-new-readers";
import { testRule } from "../../support/cases";
import { decrypt, only, orders, read, readerAccount, readerArn } from "./stacks";

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
    name: "finds the readers of a new secret",
    stack,
    config: { baseline: { other: [readerArn] } },
    says: [isNew],
  },
]);
