import { strict as assert } from "assert";
import { plainProgram } from "./support/plain-program";
import { PackEngine, Report, startPackEngine } from "./support/real-engine";

describe("the pack on the real engine, over a plain program", function () {
  this.timeout(90_000);
  let engine: PackEngine;

  before(async function () {
    const started = await startPackEngine();
    if (started === undefined) return this.skip();
    engine = started;
  });

  after(() => engine?.close());

  it("finds the mistakes of a first preview under the rules' names, and nothing else", async () => {
    const { code, output, found } = await engine.preview(plainProgram, {
      organization: { id: "o-strongroom" },
    });
    assert.notEqual(code, 0, output);
    assert.deepEqual(
      found.filter(({ policy, level }) => policy !== "undecided" && level === "mandatory"),
      mistakes,
      output,
    );
  });

  it("says once what cannot be told before the update, with the rules and what decides it", async () => {
    const { output, found } = await engine.preview(plainProgram, {});
    const notes = found.filter(({ policy }) => policy === "undecided");
    assert.deepEqual(
      notes.map(({ resource, level }) => [resource, level]),
      [["Stack plain-dev", "advisory"]],
      output,
    );
    const about = notes[0]!.message.split("\n").filter((line) => line.includes('SecretPolicy "slow"'));
    assert.deepEqual(
      about.map((line) => line.replace(/^[A-Z0-9-, ]+: /, "")),
      ['the policy of SecretPolicy "slow" is not known; decided by the outputs of Secret "slow"'],
      output,
    );
  });

  it("takes settings and levels from the configuration", async () => {
    const { code, output, found } = await engine.preview(plainProgram, {
      all: "disabled",
      "secret-rotation-interval": { enforcementLevel: "mandatory", maximumDays: 184 },
      "secret-recovery-window": { enforcementLevel: "advisory", minimumDays: 30 },
    });
    assert.equal(code, 0, output);
    assert.deepEqual(
      found.map(({ policy, resource, level }) => [policy, resource, level]),
      [["secret-recovery-window", "Secret open", "advisory"]],
      output,
    );
  });
});

const mistakes: readonly Report[] = [
  {
    policy: "secret-customer-managed-key",
    resource: "Secret open",
    level: "mandatory",
    message:
      'Secret "open" names no key, so AWS uses its own aws/secretsmanager. Set kmsKeyId to a customer managed key, on ' +
      "the secret and on each replica in its own Region.",
  },
  {
    policy: "secret-policy-not-public",
    resource: "SecretPolicy open",
    level: "mandatory",
    message: 'SecretPolicy "open" does not block public policies. Set blockPublicPolicy to true.',
  },
  {
    policy: "secret-policy-not-public",
    resource: "SecretPolicy open",
    level: "mandatory",
    message:
      'The policy of SecretPolicy "open" lets in anybody, without credentials. Name the principals, or bind the ' +
      "statement to the organisation with aws:PrincipalOrgID.",
  },
  {
    policy: "secret-recovery-window",
    resource: "Secret open",
    level: "mandatory",
    message:
      'Secret "open" is deleted at once and for good, less than 7 days. Set recoveryWindowInDays to at least the ' +
      "minimum, and leave forceOverwriteReplicaSecret out.",
  },
  {
    policy: "secret-rotation-configured",
    resource: "Secret open",
    level: "mandatory",
    message:
      'Secret "open" is not rotated. Add a SecretRotation for the secret, or write in the exemption tag why it cannot ' +
      "be rotated.",
  },
  {
    policy: "secret-rotation-interval",
    resource: "SecretRotation slow",
    level: "mandatory",
    message:
      'SecretRotation "slow" can leave 184 days between two rotations, more than 90. ' +
      "Rotate more often: set rotationRules so that the longest gap and the window fit in the limit.",
  },
];
