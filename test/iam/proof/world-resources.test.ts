import { strict as assert } from "assert";
import { MANAGED_KEY } from "../../../iam/proof";
import { resourcesOf } from "../../../iam/proof/world-resources";
import { KEY, role, secret, SECRET, user, world } from "./access-worlds";

describe("what requests of the proof are about", () => {
  it("is every copy, key, principal and function", () => {
    const api = role("api");
    const lambda = { arn: "arn:aws:lambda:eu-west-1:1:function:f", accountId: "1", roleArn: api.arn };
    const managed = secret([], { arn: "arn:managed", key: MANAGED_KEY });
    const given = world({ principals: [api], functions: [lambda], secrets: [secret(), managed] });
    assert.deepEqual(resourcesOf(given), [SECRET, "arn:managed", KEY, KEY, api.arn, lambda.arn]);
  });

  it("is every group, and every policy that principals have", () => {
    const api = role("api", { boundaryArn: "arn:bounds", managedPolicies: ["arn:a", "arn:b"] });
    const alice = user("alice", { groups: ["arn:staff"] });
    const groups = [{ arn: "arn:readers", accountId: "1", identity: [] }];
    const given = world({ principals: [api, alice], secrets: [], keys: [], groups });
    assert.deepEqual(resourcesOf(given), [
      ...[api.arn, alice.arn, "arn:readers"],
      ...["arn:bounds", "arn:a", "arn:b", "arn:staff"],
    ]);
  });
});
