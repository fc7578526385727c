import { strict as assert } from "assert";
import { Frame } from "../../../iam/proof/frame";
import { sessionsOf } from "../../../iam/proof/named-sessions";
import { attached, deny } from "../worlds";
import { BILLING, ORDERS, reading, role } from "./access-worlds";

const named = (name: string, roleName = "api", accountId = ORDERS) =>
  `arn:aws:sts::${accountId}:assumed-role/${roleName}/${name}`;

function frame(given: Partial<Frame>): Frame {
  return { action: "secretsmanager:GetSecretValue", ...given } as Frame;
}

describe("the sessions of a role that policies name", () => {
  const api = role("api", { arn: `arn:aws:iam::${ORDERS}:role/service/api` });
  const sessions = (...frames: readonly Frame[]) => sessionsOf(api, frames, []);

  it("are those of its statements, each once", () => {
    const policy = attached(
      "p",
      reading({ AWS: [named("a"), named("b"), named("c", "other"), named("d", "api", BILLING), api.arn] }),
      deny({ Principal: { AWS: named("e") } }),
      reading({ AWS: named("f") }, { Action: "secretsmanager:PutSecretValue" }),
    );
    assert.deepEqual(sessions(frame({ policy }), frame({ policy })), ["a", "b", "e"]);
  });

  it("are those of its grants", () => {
    const grants = [{ grantId: "g", granteePrincipal: named("a"), operations: ["Decrypt"] }];
    assert.deepEqual(sessions(frame({}), frame({ grants })), ["a"]);
  });

  it("are those of endpoints that the first request may come through", () => {
    const policies = [
      attached(
        "e",
        deny({ Principal: { AWS: [named("a"), api.arn] } }),
        reading({ AWS: named("b") }, { Action: "kms:Decrypt" }),
      ),
      undefined,
    ];
    const endpoints = policies.map((policy, index) => ({
      id: `vpce-${index}`,
      vpcId: "vpc-1",
      accountId: ORDERS,
      region: "eu-west-1",
      service: "secretsmanager",
      ...(policy && { policy }),
    }));
    const frames = [frame({}), frame({ action: "kms:Decrypt" })];
    assert.deepEqual(sessionsOf(api, frames, endpoints), ["a"]);
    assert.deepEqual(sessionsOf(role("other"), frames, endpoints), []);
    assert.deepEqual(sessionsOf(role("api", { accountId: BILLING }), frames, endpoints), []);
    assert.equal(sessionsOf(api, frames, endpoints), sessionsOf(api, frames, endpoints));
  });

  it("are none", () => assert.deepEqual(sessions(frame({}), frame({ policy: attached("p") })), []));
});
