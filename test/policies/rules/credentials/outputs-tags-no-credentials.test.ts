import { Path } from "../../../../policies/stack/resource";
import { outputsTagsNoCredentials } from "../../../../policies/rules/credentials/outputs-tags-no-credentials";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix = "Remove the value: give the ARN of a secret instead.";
const outputs = (props: Record<string, unknown>, secretPaths: readonly Path[] = []) => [
  resource("stack", "orders-dev", { props, secretPaths }),
];
const output = (name: string, why: string) => [
  violates("orders-dev", `the stack's output ${name} is not encrypted and ${why}. ${fix}`),
];
const role = (props: Record<string, unknown>, extra: object = {}) => [
  resource("role", "it", { props, ...extra }),
];
const says = (where: string, why: string) => [violates("it", `Role "it": ${where} ${why}. ${fix}`)];
const byName = "has the name of a credential, and its value lies open";
const accessKey = "AKIA" + "QYLPMN5HFIQR7XYA";
const byForm = "contains an access key id of AWS";
const hook = "https://hooks.slack.com/services/" + "T0ABCDEFG/B0ABCDEFG/a1B2c3D4e5F6g7H8i9J0k1L2";
const byScan = "contains a credential that secretlint knows (slack)";

testRule(outputsTagsNoCredentials, [
  {
    name: "sound outputs",
    stack: outputs({ arn: "arn:aws:sns:eu-west-1:1:t", host: "db.internal", port: 5432 }),
    says: [],
  },
  {
    name: "a password by its name",
    stack: outputs({ dbPassword: "correct horse" }),
    says: output("dbPassword", byName),
  },
  {
    name: "inside an object",
    stack: outputs({ database: { host: "x", password: "correct horse" } }),
    says: output("database.password", byName),
  },
  { name: "an access key by its form", stack: outputs({ who: accessKey }), says: output("who", byForm) },
  { name: "what secretlint knows", stack: outputs({ hook }), says: output("hook", byScan) },
  {
    name: "an output that Pulumi encrypts",
    stack: outputs({ dbPassword: "correct horse" }, [["dbPassword"]]),
    says: [],
  },
  {
    name: "an output of which nobody knows whether Pulumi encrypts it",
    stack: [resource("stack", "orders-dev", { props: { dbPassword: "correct horse", host: "db.internal" } })],
    says: [
      waits(
        "orders-dev",
        "whether Pulumi encrypts the stack's output dbPassword is not known / an SDK that tells secrets apart",
      ),
    ],
  },
  {
    name: "an output that Pulumi encrypts, in a redacted state",
    stack: outputs({ dbPassword: "[secret]" }),
    says: [],
  },
  { name: "an unknown output", stack: outputs({ dbPassword: unknownText }), says: [] },
  {
    name: "no label of the stack itself is said twice",
    stack: outputs({ description: accessKey }),
    says: output("description", byForm),
  },

  {
    name: "sound labels",
    stack: role({
      name: "orders",
      description: "Reads the password of orders",
      tags: { owner: "team", "secret-owner": "team-x" },
    }),
    says: [],
  },
  ...["name", "description"].map((property) => ({
    name: `an access key in a ${property}`,
    stack: role({ [property]: accessKey }),
    says: says(property, byForm),
  })),
  {
    name: "an access key in a tag",
    stack: role({ tags: { owner: accessKey } }),
    says: says("tags.owner", byForm),
  },
  {
    name: "a random value in a tag with the name of a credential",
    stack: role({ tags: { token: "q7Zp2Xv9Lk4Tn8Wb" } }),
    says: says("tags.token", byName),
  },
  { name: "a random value in another tag", stack: role({ tags: { build: "q7Zp2Xv9Lk4Tn8Wb" } }), says: [] },
  {
    name: "a word in a tag with the name of a credential",
    stack: role({ tags: { token: "rotated" } }),
    says: [],
  },
  { name: "a random value in a description", stack: role({ description: "q7Zp2Xv9Lk4Tn8Wb" }), says: [] },
  {
    name: "what secretlint knows, in a description",
    stack: role({ description: `Posts to ${hook}` }),
    says: says("description", byScan),
  },
  {
    name: "what Pulumi keeps as a secret is TAINT-01's",
    stack: role({ description: accessKey }, { secretPaths: [["description"]] }),
    says: [],
  },
  {
    name: "unknown labels",
    stack: role({ tags: { password: unknownText }, description: unknownText }),
    says: [],
  },
]);
