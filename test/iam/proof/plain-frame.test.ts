import { strict as assert } from "assert";
import { textDomain } from "../../../iam/proof/key-domain";
import { plainFrame, tagKeys } from "../../../iam/proof/plain-frame";
import { WorldIndex } from "../../../iam/proof/world-index";
import { allow, attached } from "../worlds";
import { ORDERS, ORGANIZATION, world } from "./access-worlds";

const PATH = `${ORGANIZATION}/r/`;
const rcps = [[attached("rcp", allow())]];
const index = new WorldIndex(world({ accounts: [{ id: ORDERS, organizationPath: PATH, rcps }] }));

describe("a request that no other service forwards", () => {
  it("is about a resource of an account of the organisation", () => {
    const policy = attached("p", allow());
    const name = textDomain("sts:rolesessionname");
    const target = {
      arn: "arn:a",
      accountId: ORDERS,
      region: "eu-west-1",
      fixed: { k: "v" },
      free: [name],
      policy,
    };
    assert.deepEqual(plainFrame("a:B", target, index), {
      action: "a:B",
      route: "direct",
      region: "eu-west-1",
      resource: { arn: "arn:a", accountId: ORDERS },
      fixed: new Map<string, unknown>([
        ["aws:requestedregion", "eu-west-1"],
        ["aws:resourceaccount", ORDERS],
        ["aws:resourceorgid", ORGANIZATION],
        ["aws:resourceorgpaths", [PATH]],
        ["k", "v"],
      ]),
      free: new Map([["sts:rolesessionname", name]]),
      policy,
      rcps,
    });
  });

  it("goes to us-east-1 unless told otherwise, with nothing else", () => {
    assert.deepEqual(plainFrame("a:B", { arn: "arn:a", accountId: "1" }, index), {
      action: "a:B",
      route: "direct",
      region: "us-east-1",
      resource: { arn: "arn:a", accountId: "1" },
      fixed: new Map<string, unknown>([
        ["aws:requestedregion", "us-east-1"],
        ["aws:resourceaccount", "1"],
        ["aws:resourceorgid", undefined],
        ["aws:resourceorgpaths", undefined],
      ]),
      free: new Map(),
    });
  });

  it("has the tags of its resource under both names", () => {
    assert.deepEqual(tagKeys("iam", { Team: "a", b: "C" }), {
      "aws:resourcetag/team": "a",
      "iam:resourcetag/team": "a",
      "aws:resourcetag/b": "C",
      "iam:resourcetag/b": "C",
    });
  });
});
