import { strict as assert } from "assert";
import { AccessWorld, Endpoint, proveAccess } from "../../../iam/proof";
import { inOneLine } from "../outcome";
import { allow, attached, deny } from "../worlds";
import { arnOfRole, decrypting, key, mayRead, ORDERS, reading, role, secret, world } from "./access-worlds";

const api = role("api", { identity: [mayRead] });
const readable = {
  secrets: [secret([reading({ AWS: api.arn })])],
  keys: [key([decrypting({ AWS: ORDERS })])],
};
const onlyThrough = { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } };
const endpoint: Endpoint = {
  id: "vpce-1",
  vpcId: "vpc-1",
  accountId: ORDERS,
  region: "eu-west-1",
  service: "secretsmanager",
};

function refusal(given: Partial<AccessWorld>, principal = api) {
  const found = proveAccess(world({ principals: [principal], ...given })).refusal(
    "orders/database",
    "eu-west-1",
    principal.arn,
  );
  return (
    found && {
      who: found.who,
      region: found.region,
      endpoint: found.scenario.endpointId,
      decisions: found.scenario.steps.map(({ decision }) => inOneLine(decision)),
      denied: inOneLine(found.denied.decision),
    }
  );
}

describe("why somebody cannot read", () => {
  const who = { kind: "principal", arn: api.arn, accountId: ORDERS };
  const shared = { who, region: "eu-west-1", endpoint: undefined };
  const notByKey = `key-policy-does-not-delegate ${ORDERS}`;
  const bySecret = "allowed by secret policy[0] + inline policy read[0]";

  it("is the first denial", () => {
    assert.deepEqual(refusal({}), {
      ...shared,
      decisions: ["no-resource-policy", notByKey],
      denied: "no-resource-policy",
    });
    assert.deepEqual(refusal({ secrets: readable.secrets }), {
      ...shared,
      decisions: [bySecret, notByKey],
      denied: notByKey,
    });
  });

  it("is of the call that gets furthest, through an endpoint", () => {
    assert.deepEqual(
      refusal({ secrets: [secret([reading({ AWS: api.arn }, onlyThrough)])], endpoints: [endpoint] }),
      { ...shared, endpoint: "vpce-1", decisions: [bySecret, notByKey], denied: notByKey },
    );
  });

  it("is not of an endpoint of another service or Region", () => {
    const others = [
      { ...endpoint, service: "kms" },
      { ...endpoint, region: "eu-central-1" },
    ];
    const [one] = others.map((other) =>
      refusal({ secrets: [secret([reading({ AWS: api.arn }, onlyThrough)])], endpoints: [other] }),
    );
    assert.deepEqual(one, {
      ...shared,
      decisions: ["not allowed by resource (secret policy)", notByKey],
      denied: "not allowed by resource (secret policy)",
    });
  });

  it("is a missing permission rather than a denial, when both stop the same request", () => {
    const secrets = [
      secret([reading({ AWS: api.arn }, onlyThrough), { ...reading("*", onlyThrough), Effect: "Deny" }]),
    ];
    assert.deepEqual(
      refusal({ ...readable, secrets, endpoints: [endpoint] })?.denied,
      "not allowed by resource (secret policy)",
    );
  });

  it("is a missing permission behind a denial", () => {
    const notThrough = { Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } };
    const secrets = [secret([deny({ Principal: "*", ...notThrough })])];
    const found = refusal({ ...readable, secrets, endpoints: [endpoint] });
    assert.deepEqual([found?.denied, found?.endpoint], ["not allowed by resource (secret policy)", "vpce-1"]);
  });

  it("is nothing for one who can read in one session", () => {
    const nightly = `arn:aws:sts::${ORDERS}:assumed-role/api/nightly`;
    assert.equal(refusal({ ...readable, secrets: [secret([reading({ AWS: nightly })])] }), undefined);
  });

  it("is of the session that gets furthest", () => {
    const nightly = `arn:aws:sts::${ORDERS}:assumed-role/api/nightly`;
    assert.deepEqual(refusal({ secrets: [secret([reading({ AWS: nightly })])] }), {
      ...shared,
      decisions: [bySecret, notByKey],
      denied: notByKey,
    });
  });

  it("is nothing for one who can read, or may", () => {
    const unknown = { ...api, identity: [{ source: "p", unknown: "not made" }] };
    assert.deepEqual([refusal(readable), refusal(readable, unknown)], [undefined, undefined]);
  });

  it("is a denial", () => {
    const boundary = attached("boundary", allow(), deny({ Action: "kms:*" }));
    assert.equal(refusal(readable, { ...api, boundary })?.denied, "denied by boundary boundary[1]");
  });

  it("is asked about what there is", () => {
    const proof = proveAccess(world({ principals: [api] }));
    assert.throws(() => proof.refusal("none", "eu-west-1", api.arn), { message: "there is no secret none" });
    assert.throws(() => proof.refusal("orders/database", "us-east-1", api.arn), {
      message: "secret orders/database has no copy in us-east-1",
    });
    assert.throws(() => proof.refusal("orders/database", "eu-west-1", arnOfRole("b")), {
      message: `there is no principal ${arnOfRole("b")}`,
    });
  });
});
