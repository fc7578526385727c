import { strict as assert } from "assert";
import { buildGraph } from "../../../policies/stack/graph";
import { Resource } from "../../../policies/stack/resource";
import { functionsOf } from "../../../policies/world/functions";
import { resource, unknownText } from "../support/stack";

describe("functions of the world", () => {
  const role = () =>
    resource("role", "r", { props: { name: "worker", arn: "arn:aws:iam::111111111111:role/worker" } });
  const code = (props: object, account?: null, from = {}) =>
    resource("function", "f", {
      props: { name: "f", ...props },
      from,
      ...(account === null ? { account } : {}),
    });
  const f = (accountId: string, roleArn: string) => [
    { arn: `arn:aws:lambda:eu-west-1:${accountId}:function:f`, accountId, roleArn },
  ];
  const made = resource("role", "made", { props: { name: "made" } });
  const cases: readonly (readonly [string, () => readonly Resource[], readonly object[]])[] = [
    [
      "act as a role of the stack",
      () => [role(), code({ role: "arn:aws:iam::111111111111:role/worker" })],
      f("111111111111", "arn:aws:iam::111111111111:role/worker"),
    ],
    [
      "act as a role elsewhere",
      () => [code({ role: "arn:aws:iam::111111111111:role/other" })],
      f("111111111111", "arn:aws:iam::111111111111:role/other"),
    ],
    [
      "act as a role that is not made yet",
      () => [made, code({ role: unknownText }, undefined, { role: [made] })],
      f("111111111111", "arn:aws:iam::111111111111:role/made"),
    ],
    ["are left out without a role", () => [code({})], []],
    ["are left out while the role is not known", () => [code({ role: unknownText })], []],
    ["are left out nobody knows where", () => [code({ role: "arn:aws:iam::1:role/x" }, null)], []],
    ["are left out with an ARN that is none", () => [code({ arn: "f", role: "arn:aws:iam::1:role/x" })], []],
    [
      "are left out with an ARN of no account",
      () => [code({ arn: "arn:aws:lambda:eu-west-1::function:f", role: "arn:aws:iam::1:role/x" })],
      [],
    ],
  ];
  for (const [name, stack, expected] of cases)
    it(name, () => assert.deepEqual(functionsOf(buildGraph(stack())), expected));
});
