import { strict as assert } from "assert";
import { AccessWorld, Endpoint, proveAccess, Replay } from "../../../iam/proof";
import { Prover } from "../../../iam/proof/prover";
import { subjectFor } from "../../../iam/proof/replay";
import { inOneLine } from "../outcome";
import { allow, attached } from "../worlds";
import {
  BILLING,
  decrypting,
  key,
  mayRead,
  ORDERS,
  ORGANIZATION,
  reading,
  role,
  secret,
  SECRETS,
  user,
  world,
} from "./access-worlds";
import { valueText } from "./state-text";

const api = role("api", { identity: [mayRead] });
const endpoint: Endpoint = {
  id: "vpce-1",
  vpcId: "vpc-1",
  accountId: ORDERS,
  region: "eu-west-1",
  service: "secretsmanager",
};
const given: AccessWorld = world({
  principals: [api, user("alice")],
  secrets: [secret([reading("*")])],
  keys: [key([decrypting("*")])],
  endpoints: [endpoint],
});

function replayed(call: Omit<Replay, "secretId">, of = given) {
  return proveAccess(of).replay({ secretId: "orders/database", ...call });
}

const values = (call: Omit<Replay, "secretId">, ...names: readonly string[]) =>
  replayed(call).steps.map(({ request }) => names.map((name) => valueText(request.context[name])));

describe("a call that is replayed", () => {
  it("reads by default, of the primary", () => {
    const { operation, steps, endpointId } = replayed({ principal: api.arn });
    assert.deepEqual(
      [operation, endpointId, steps.map(({ decision }) => inOneLine(decision))],
      [
        "GetSecretValue",
        undefined,
        [
          "allowed by secret policy[0] + inline policy read[0]",
          "allowed by key policy[1] + inline policy read[1]",
        ],
      ],
    );
  });

  it("is of the given Region and operation", () => {
    const [one] = given.secrets;
    const replica = { ...one!.copies[0]!, region: "eu-central-1", primaryRegion: "eu-west-1" };
    const both = { ...given, secrets: [{ ...one!, copies: [...one!.copies, replica] }] };
    const { steps } = replayed({ principal: api.arn, region: "eu-central-1" }, both);
    assert.equal(steps[0]!.request.context["aws:requestedregion"], "eu-central-1");
    assert.deepEqual(
      replayed({ principal: api.arn, operation: "PutKeyPolicy" }).steps.map(({ request }) => request.action),
      ["kms:PutKeyPolicy"],
    );
    assert.throws(
      () => replayed({ principal: api.arn, operation: "PutSecretValue", region: "eu-central-1" }, both),
      {
        message: "PutSecretValue is not an operation on secret orders/database in eu-central-1",
      },
    );
    assert.throws(() => replayed({ principal: api.arn, region: "us-east-1" }), {
      message: "secret orders/database has no copy in us-east-1",
    });
    assert.throws(() => replayed({ principal: api.arn }, { ...given, secrets: [{ ...one!, copies: [] }] }), {
      message: "secret orders/database has no copy in any Region",
    });
  });

  it("comes through the given endpoint", () => {
    assert.deepEqual(
      values({ principal: api.arn, endpointId: "vpce-1" }, "aws:sourcevpce", "aws:sourceip", "aws:vpceorgid"),
      [
        ["vpce-1", "absent", ORGANIZATION],
        ["absent", "absent", "absent"],
      ],
    );
    assert.throws(() => replayed({ principal: api.arn, endpointId: "vpce-2" }), {
      message: "there is no VPC endpoint vpce-2",
    });
  });

  it("says what is given, in the forwarded request as far as it is the caller's", () => {
    const context = {
      "AWS:SourceIp": "10.0.0.1",
      "aws:PrincipalTag/Team": "orders",
      "aws:PrincipalOrgID": "o-other",
      "aws:MultiFactorAuthPresent": "true",
      "aws:RequestedRegion": "us-east-1",
      "aws:NotAKey": "x",
      "kms:ViaService": "other",
      "aws:SecureTransport": "false",
    };
    assert.deepEqual(
      values({ principal: api.arn, context }, ...Object.keys(context).map((name) => name.toLowerCase())),
      [
        ["10.0.0.1", "orders", "o-other", "true", "us-east-1", "x", "absent", "false"],
        [
          "absent",
          "orders",
          "o-other",
          "true",
          "eu-west-1",
          "x",
          "secretsmanager.eu-west-1.amazonaws.com",
          "true",
        ],
      ],
    );
  });

  it("says what is given about a key to KMS itself", () => {
    const context = { "kms:GrantIsForAWSResource": "true" };
    assert.deepEqual(
      values({ principal: api.arn, operation: "CreateGrant", context }, "kms:grantisforawsresource"),
      [["true"]],
    );
  });

  it("is decided again with what is given", () => {
    const onlyInside = { Condition: { StringEquals: { "aws:SourceVpce": "vpce-9" } } };
    const of = { ...given, secrets: [secret([reading({ AWS: api.arn }, onlyInside)])] };
    const decided = (context?: Replay["context"]) =>
      replayed({ principal: api.arn, ...(context && { context }) }, of).steps.map(
        ({ decision }) => decision.allowed,
      );
    assert.deepEqual(
      [decided(), decided({ "aws:sourcevpce": "vpce-9" })],
      [
        [false, true],
        [true, true],
      ],
    );
  });
});

describe("the caller that is meant", () => {
  const scps = [[attached("scp", allow())]];
  const accounts = [{ id: BILLING, organizationPath: `${ORGANIZATION}/r/`, scps }, { id: SECRETS }];
  const prover = new Prover({ ...given, accounts });
  const seen = (name: string) => {
    const { who, principal, scps: levels, key: keyOf } = subjectFor(name, prover);
    const organization = keyOf("aws:principalorgid", { action: "a:B" } as never);
    return {
      who: who.kind === "principal" ? who.arn : who.kind,
      principal,
      scps: levels?.length ?? 0,
      organization: organization?.kind === "fixed" ? valueText(organization.value) : undefined,
    };
  };
  const sessionOf = (name: string, session: string, accountId = ORDERS) => ({
    kind: "role-session",
    accountId,
    roleArn: `arn:aws:iam::${accountId}:role/${name}`,
    sessionArn: `arn:aws:sts::${accountId}:assumed-role/${name}/${session}`,
  });
  const cases: Readonly<Record<string, ReturnType<typeof seen> | Record<string, unknown>>> = {
    anonymous: { who: "anonymous", principal: { kind: "anonymous" }, scps: 0, organization: "absent" },
    "lambda.amazonaws.com": {
      who: "aws-service",
      principal: { kind: "service", service: "lambda.amazonaws.com" },
      scps: 0,
      organization: "absent",
    },
    [BILLING]: {
      who: "others-of-account",
      principal: { kind: "root", accountId: BILLING },
      scps: 1,
      organization: ORGANIZATION,
    },
    [`arn:aws:iam::${SECRETS}:root`]: {
      who: "others-of-account",
      principal: { kind: "root", accountId: SECRETS },
      scps: 0,
      organization: "absent",
    },
    [api.arn]: { who: api.arn, principal: sessionOf("api", "any-session"), scps: 0, organization: "absent" },
    [`arn:aws:sts::${ORDERS}:assumed-role/api/nightly`]: {
      who: api.arn,
      principal: sessionOf("api", "nightly"),
      scps: 0,
      organization: "absent",
    },
    [`arn:aws:iam::${ORDERS}:user/alice`]: {
      who: user("alice").arn,
      principal: { kind: "user", accountId: ORDERS, arn: user("alice").arn },
      scps: 0,
      organization: "absent",
    },
    [`arn:aws:iam::${BILLING}:role/gone`]: {
      who: "others-of-account",
      principal: sessionOf("gone", "any-session", BILLING),
      scps: 1,
      organization: ORGANIZATION,
    },
    "arn:aws:iam::444444444444:user/x": {
      who: "others-of-account",
      principal: { kind: "user", accountId: "444444444444", arn: "arn:aws:iam::444444444444:user/x" },
      scps: 0,
      organization: "absent",
    },
  };
  for (const [name, expected] of Object.entries(cases))
    it(name, () => assert.deepEqual(seen(name), expected));

  it("is a role with a path, by one of its sessions", () => {
    const deep = role("deep", { arn: `arn:aws:iam::${ORDERS}:role/path/deep` });
    const { who, principal } = subjectFor(
      `arn:aws:sts::${ORDERS}:assumed-role/deep/nightly`,
      new Prover(world({ principals: [deep] })),
    );
    assert.deepEqual(
      [who.kind === "principal" && who.arn, principal],
      [deep.arn, { ...sessionOf("deep", "nightly"), roleArn: deep.arn }],
    );
  });

  for (const name of ["arn:aws:s3:::x", "nobody", "1234567890123", "arn:lambda.amazonaws.com"]) {
    it(`is none: ${name}`, () =>
      assert.throws(() => subjectFor(name, prover), { message: `${name} is no principal` }));
  }
});
