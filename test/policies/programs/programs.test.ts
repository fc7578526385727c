import { strict as assert } from "assert";
import { readFileSync } from "fs";
import { join } from "path";
import { rules } from "../../../policies/rules";
import { PackEngine, startPackEngine } from "../support/real-engine";

const codes = /^(LAM|VPCE|DB|CT|HC|SSM|TAINT)-/;

/** Only what these programs are about: others judge the same resources elsewhere. */
const configuration = {
  all: "disabled",
  "secrets-of-the-program": { enforcementLevel: "remediate" },
  undecided: { enforcementLevel: "advisory" },
  ...Object.fromEntries(
    rules
      .filter(({ code }) => codes.test(code))
      .map(({ id, enforcement }) => [id, { enforcementLevel: enforcement ?? "mandatory" }]),
  ),
};

/** The configuration's secret, which no message may repeat. */
const password = "tr0ub4dor&3-4ever";

/** What the pack says of each program: nothing of the resources that are sound. */
const expected: Readonly<Record<string, readonly string[]>> = {
  functions: [
    "function-not-public FunctionUrl open",
    "function-not-public Permission anybody",
    "function-variables-customer-key Function hard-coded",
    "function-variables-no-credentials Function hard-coded",
    "function-variables-no-credentials Function hard-coded",
    "function-variables-no-credentials Function hard-coded",
    "secrets-stay-secret Function from-configuration",
    "secrets-stay-secret Function from-version",
    "secrets-stay-secret Function unsecret",
  ],
  databases: [
    "database-administrator-name Instance literal",
    "(advisory) database-iam-login Instance literal",
    "database-password-managed Cluster configured",
    "database-password-managed Instance literal",
    "database-secret-customer-key Cluster managed",
    "database-storage-encrypted Cluster configured",
    "database-storage-encrypted Instance literal",
    "database-tls-required Cluster configured",
    "database-tls-required Cluster managed",
    "database-tls-required Instance literal",
  ],
  parameters: [
    "document-not-public Document public",
    "parameter-customer-key Parameter aws-key",
    "parameter-secure Parameter by-name",
    "secrets-stay-secret Parameter from-configuration",
    "secrets-stay-secret Parameter from-profile",
  ],
  workloads: [
    "build-variables-no-credentials Project literal",
    "build-variables-no-credentials Project literal",
    "container-variables-no-credentials TaskDefinition literal",
    "secrets-stay-secret Instance configured",
    "secrets-stay-secret Project configured",
    "secrets-stay-secret TaskDefinition configured",
    "user-data-no-credentials Instance base64",
    "user-data-no-credentials Instance gzip",
    "user-data-no-credentials Instance script",
  ],
  networks: [
    "endpoint-for-readers VpcEndpoint bare",
    "endpoint-policy-bound VpcEndpoint bare",
    "endpoint-policy-bound VpcEndpoint only-seems-bound",
    "endpoint-reachable-privately SecurityGroup open",
    "endpoint-reachable-privately SecurityGroup open",
    "endpoint-reachable-privately VpcEndpoint bare",
    "endpoint-reachable-privately VpcEndpoint bare",
  ],
  "trail-half": [
    "secret-use-watched Trail half",
    "trail-complete Trail half",
    "trail-customer-key Trail half",
    "trail-validated Trail half",
    "trail-validated Trail half",
  ],
  "trail-whole": [],
  outputs: [
    "outputs-tags-no-credentials Role described",
    "outputs-tags-no-credentials Stack plain-dev",
    "passwords-not-written Directory office",
    "provider-no-static-keys aws keyed",
    "secrets-stay-secret Stack plain-dev",
    "secrets-stay-secret Topic tagged",
  ],
};

describe("plain programs on the real engine", function () {
  this.timeout(120_000);
  let engine: PackEngine;

  before(async function () {
    const started = await startPackEngine();
    if (started === undefined) return this.skip();
    engine = started;
    const { code, output } = await engine.pulumi(
      "config",
      "set",
      "--secret",
      "password",
      "tr0ub4dor&3-4ever",
    );
    assert.equal(code, 0, output);
  });

  after(() => engine?.close());

  for (const [name, finds] of Object.entries(expected)) {
    it(name, async () => {
      const program = readFileSync(join(__dirname, `${name}.js`), "utf8");
      const { code, output, found } = await engine.preview(program, configuration);
      assert.deepEqual(
        found.map(({ policy, resource, level, message }) =>
          policy === "undecided"
            ? message
            : [level === "advisory" ? "(advisory)" : "", policy, resource].join(" ").trim(),
        ),
        finds,
        output,
      );
      assert.equal(
        code === 0,
        finds.every((one) => one.startsWith("(advisory)")),
        output,
      );
      assert.ok(!output.includes(password), "the pack repeats a secret");
    });
  }
});
