import { strict as assert } from "assert";
import { MANAGED_KEY, readable } from "../../../iam/proof";
import { keyFrame, secretFrame } from "../../../iam/proof/copy-frames";
import { Frame } from "../../../iam/proof/frame";
import { WorldIndex } from "../../../iam/proof/world-index";
import { allow, attached } from "../worlds";
import { key, KEY, ORGANIZATION, reading, secret, SECRET, SECRETS, world } from "./access-worlds";
import { valueText } from "./state-text";

const PATH = `${ORGANIZATION}/r-ab12/`;
const rcps = [[attached("rcp", allow({ Principal: "*" }))]];
const grants = [{ grantId: "g", granteePrincipal: "x", operations: ["Decrypt"] }];
const member = { id: SECRETS, organizationPath: PATH, rcps };
const index = new WorldIndex(
  world({
    accounts: [member],
    keys: [key([], { tags: { Team: "keys" }, aliases: ["alias/a"], multiRegion: true, grants })],
  }),
);
const copyOf = (given: Parameters<typeof secret>[1] = {}) => secret([reading("*")], given).copies[0]!;
const fixedOf = ({ fixed }: Frame) =>
  Object.fromEntries([...fixed].map(([name, value]) => [name, valueText(value)]));
const withoutFixed = ({ fixed: _, ...rest }: Frame) => ({ ...rest, free: [...rest.free.keys()] });

const ofResource = {
  "aws:requestedregion": "eu-west-1",
  "aws:resourceaccount": SECRETS,
  "aws:resourceorgid": ORGANIZATION,
  "aws:resourceorgpaths": `[${PATH}]`,
};

describe("a request about a secret", () => {
  it("has the secret's keys, policy and organisation", () => {
    const copy = copyOf({
      tags: { Team: "orders" },
      primaryRegion: "eu-central-1",
      rotationFunction: "arn:f",
    });
    const frame = secretFrame("GetSecretValue", copy, index);
    assert.deepEqual(withoutFixed(frame), {
      action: "secretsmanager:GetSecretValue",
      route: "direct",
      region: "eu-west-1",
      resource: { arn: SECRET, accountId: SECRETS },
      free: ["secretsmanager:versionid", "secretsmanager:versionstage"],
      policy: copy.policy,
      rcps,
    });
    assert.deepEqual(fixedOf(frame), {
      ...ofResource,
      "aws:resourcetag/team": "orders",
      "secretsmanager:resourcetag/team": "orders",
      "secretsmanager:secretid": SECRET,
      "secretsmanager:resource/allowrotationlambdaarn": "arn:f",
      "secretsmanager:secretprimaryregion": "eu-central-1",
    });
  });

  it("names the function only when it rotates", () => {
    const copy = copyOf({ rotationFunction: "arn:f" });
    assert.deepEqual(
      ["RotateSecret", "GetSecretValue"].map((one) =>
        valueText(secretFrame(one, copy, index).fixed.get("secretsmanager:rotationlambdaarn")),
      ),
      ["arn:f", "absent"],
    );
    assert.equal(
      secretFrame("GetSecretValue", copy, index).fixed.has("secretsmanager:rotationlambdaarn"),
      false,
    );
  });

  it("is without policy and organisation where there is none", () => {
    const outside = new WorldIndex(world({ accounts: [{ id: SECRETS }] }));
    const frame = secretFrame("GetSecretValue", secret().copies[0]!, outside);
    assert.deepEqual(["policy" in frame, "rcps" in frame], [false, false]);
    assert.deepEqual(fixedOf(frame), {
      "aws:requestedregion": "eu-west-1",
      "aws:resourceaccount": SECRETS,
      "aws:resourceorgid": "absent",
      "aws:resourceorgpaths": "absent",
      "secretsmanager:secretid": SECRET,
      "secretsmanager:resource/allowrotationlambdaarn": "absent",
      "secretsmanager:secretprimaryregion": "absent",
    });
  });

  it("of an account that is not listed knows no organisation", () => {
    const frame = secretFrame("GetSecretValue", copyOf(), new WorldIndex(world({ accounts: [] })));
    assert.deepEqual(["rcps" in frame, fixedOf(frame)["aws:resourceorgid"]], [false, "absent"]);
  });
});

describe("a request about a key", () => {
  const ofKey = {
    ...ofResource,
    "aws:resourcetag/team": "keys",
    "kms:keyspec": "SYMMETRIC_DEFAULT",
    "kms:keyusage": "ENCRYPT_DECRYPT",
    "kms:keyorigin": "AWS_KMS",
    "kms:multiregion": "true",
    "kms:resourcealiases": "[alias/a]",
  };

  it("of Secrets Manager's for the caller says so", () => {
    const frame = keyFrame("Decrypt", "forwarded", copyOf(), index);
    assert.deepEqual(withoutFixed(frame), {
      action: "kms:Decrypt",
      route: "forwarded",
      region: "eu-west-1",
      resource: { arn: KEY, accountId: SECRETS },
      free: ["kms:encryptioncontext:secretversionid"],
      policy: index.key(copyOf())!.policy,
      grants,
      rcps,
    });
    assert.deepEqual(fixedOf(frame), {
      ...ofKey,
      "kms:viaservice": "secretsmanager.eu-west-1.amazonaws.com",
      "kms:encryptionalgorithm": "SYMMETRIC_DEFAULT",
      "kms:encryptioncontext:secretarn": SECRET,
      "kms:encryptioncontextkeys": "[SecretARN SecretVersionId]",
    });
  });

  it("of the caller's own does not", () => {
    const [put, grant] = ["PutKeyPolicy", "CreateGrant"].map((one) =>
      keyFrame(one, "direct", copyOf(), index),
    );
    assert.deepEqual(
      [fixedOf(put!), fixedOf(grant!)],
      [ofKey, { ...ofKey, "kms:grantisforawsresource": "false" }],
    );
    assert.deepEqual(
      [put!.ofOwnAccountOnly, grant!.ofOwnAccountOnly, [...put!.free.keys()], put!.route],
      ["else impossible", undefined, ["kms:bypasspolicylockoutsafetycheck"], "direct"],
    );
  });

  it("that says little about itself", () => {
    const plain = new WorldIndex(world({ accounts: [{ id: SECRETS }], keys: [key()] }));
    const frame = keyFrame("Decrypt", "forwarded", copyOf(), plain);
    const { "kms:multiregion": multi, "kms:resourcealiases": aliases } = fixedOf(frame);
    assert.deepEqual([multi, aliases, "rcps" in frame], ["false", "absent", false]);
  });

  it("that AWS manages is for its own account and service, and no resource control policy reaches it", () => {
    const copy = copyOf({ key: MANAGED_KEY });
    const frame = keyFrame("Decrypt", "forwarded", copy, index);
    const prefix = `arn:aws:kms:eu-west-1:${SECRETS}:key/`;
    assert.equal(
      readable(frame.resource.arn),
      `${prefix}<id of aws/secretsmanager of ${SECRETS} in eu-west-1>`,
    );
    assert.deepEqual(
      [frame.resource.accountId, "rcps" in frame, frame.grants, fixedOf(frame)["kms:resourcealiases"]],
      [SECRETS, false, [], "[alias/aws/secretsmanager]"],
    );
    const { policy } = frame;
    assert.deepEqual(
      policy !== undefined && "policy" in policy && [policy.source, policy.policy.document.Statement],
      [
        `policy of the AWS managed key aws/secretsmanager of account ${SECRETS}`,
        {
          Sid: "Through Secrets Manager for all principals of the account",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:CreateGrant",
            "kms:DescribeKey",
          ],
          Resource: "*",
          Condition: {
            StringEquals: {
              "kms:CallerAccount": SECRETS,
              "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
            },
          },
        },
      ],
    );
    const again = keyFrame("Decrypt", "forwarded", copyOf({ key: MANAGED_KEY }), index);
    assert.equal(again.policy, policy);
  });

  it("that AWS manages is another in another Region, account or partition", () => {
    const arn = (given: Parameters<typeof secret>[1]) =>
      readable(keyFrame("Decrypt", "forwarded", copyOf({ key: MANAGED_KEY, ...given }), index).resource.arn);
    assert.deepEqual(
      [arn({ region: "cn-north-1", arn: "arn:aws-cn:x" }), arn({ accountId: "1" })],
      [
        `arn:aws-cn:kms:cn-north-1:${SECRETS}:key/<id of aws/secretsmanager of ${SECRETS} in cn-north-1>`,
        "arn:aws:kms:eu-west-1:1:key/<id of aws/secretsmanager of 1 in eu-west-1>",
      ],
    );
  });
});
