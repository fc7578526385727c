import { gzipSync } from "zlib";
import { types } from "../../../../policies/stack/resource";
import { userDataNoCredentials } from "../../../../policies/rules/credentials/user-data-no-credentials";
import { testRule, violates } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix = "Let the machine read the secret from Secrets Manager with its instance profile when it starts.";
const machine = (
  props: Record<string, unknown>,
  type: keyof typeof types = "instance",
  extra: object = {},
) => [resource(type, "web", { props, ...extra })];
const says = (where: string, why: string, kind = "Instance") => [
  violates("web", `${kind} "web": ${where} ${why}. ${fix}`),
];
const byName = "has the name of a credential, and its value lies open";
const script = "#!/bin/sh\nexport DB_PASSWORD='correct horse'\n";
const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");

testRule(userDataNoCredentials, [
  { name: "none", stack: machine({}), says: [] },
  {
    name: "a script that asks for the secret",
    stack: machine({
      userData: "#!/bin/sh\nDB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id orders)\n",
    }),
    says: [],
  },
  {
    name: "a script with a password",
    stack: machine({ userData: script }),
    says: says("userData, where DB_PASSWORD", byName),
  },
  {
    name: "in base64",
    stack: machine({ userDataBase64: base64(script) }),
    says: says("userDataBase64, where DB_PASSWORD", byName),
  },
  {
    name: "in gzip",
    stack: machine({ userDataBase64: base64(gzipSync(script)) }),
    says: says("userDataBase64, where DB_PASSWORD", byName),
  },
  {
    name: "in a launch template",
    stack: machine({ userData: base64(script) }, "launchTemplate"),
    says: says("userData, where DB_PASSWORD", byName, "LaunchTemplate"),
  },
  {
    name: "in a launch configuration",
    stack: machine({ userData: script }, "launchConfiguration"),
    says: says("userData, where DB_PASSWORD", byName, "LaunchConfiguration"),
  },
  {
    name: "in a launch configuration's base64",
    stack: machine({ userDataBase64: base64(script) }, "launchConfiguration"),
    says: says("userDataBase64, where DB_PASSWORD", byName, "LaunchConfiguration"),
  },
  { name: "not in other types", stack: machine({ userData: script }, "role"), says: [] },
  {
    name: "a private key",
    stack: machine({ userData: "cat > key <<X\n-----BEGIN RSA " + "PRIVATE KEY-----\nMII\n" }),
    says: says("userData", "contains a private key"),
  },
  {
    name: "what secretlint knows, in base64",
    stack: machine({
      userDataBase64: base64(
        "curl https://hooks.slack.com/services/" + "T0ABCDEFG/B0ABCDEFG/a1B2c3D4e5F6g7H8i9J0k1L2\n",
      ),
    }),
    says: says("userDataBase64", "contains a credential that secretlint knows (slack)"),
  },
  { name: "unknown", stack: machine({ userData: unknownText }), says: [] },
  { name: "redacted is TAINT-01's", stack: machine({ userData: "[secret]" }), says: [] },
  {
    name: "so is what Pulumi keeps as a secret",
    stack: machine({ userData: script }, "instance", { secretPaths: [["userData"]] }),
    says: [],
  },
]);
