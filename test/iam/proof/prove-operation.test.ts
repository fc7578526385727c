import { strict as assert } from "assert";
import { operationsOf } from "../../../iam/proof/operations";
import { accessesOf, Asked, getsThrough } from "../../../iam/proof/prove-operation";
import { Prover } from "../../../iam/proof/prover";
import {
  decrypting,
  key,
  mayRead,
  ORDERS,
  reading,
  role,
  secret,
  SECRETS,
  whoText,
  world,
} from "./access-worlds";

const [api, own, idle] = [
  role("api", { identity: [mayRead] }),
  role("own", { accountId: SECRETS, identity: [mayRead] }),
  role("idle"),
];
const given = world({
  principals: [api, own, idle],
  secrets: [secret([reading({ AWS: ORDERS })])],
  keys: [key([decrypting({ AWS: ORDERS })])],
});
const prover = new Prover(given);
const operation = operationsOf("read", given.secrets[0]!.copies[0]!, prover.index)[0]!;
const found = (asked?: Asked) => accessesOf(operation, prover, asked).map(({ who }) => whoText(who));

describe("everyone who gets an operation through", () => {
  it("are named principals first, then classes", () => {
    assert.deepEqual(found(), [
      `${ORDERS}:role/api`,
      `${SECRETS}:role/own`,
      `others of ${SECRETS}`,
      `others of ${ORDERS}`,
    ]);
  });

  it("are those who are asked about", () => {
    const asked = (arn: string | undefined, accountId: string | undefined): Asked => ({
      isAsked: (principal) => principal.arn === arn,
      isClassAsked: (who) => who.kind === "others-of-account" && who.accountId === accountId,
    });
    assert.deepEqual(
      [found(asked(api.arn, undefined)), found(asked(undefined, ORDERS)), found(asked(undefined, undefined))],
      [[`${ORDERS}:role/api`], [`others of ${ORDERS}`], []],
    );
  });

  it("get through in one of their ways at least", () => {
    const may = (...principals: readonly (typeof api)[]) =>
      getsThrough(
        operation,
        principals.flatMap((one) => prover.appearancesOf(one, operation)),
        prover,
      );
    assert.deepEqual([may(api), may(idle), may(idle, api), may()], [true, false, true, false]);
  });
});
