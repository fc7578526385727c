import { undecided, violation } from "../../findings";
import { input, label, types } from "../../stack/resource";
import { resourceRule } from "../../rule";
import { orDefault, readBoolean, readNumber } from "../../stack/tri-state";

/** What the provider sets where the program sets nothing. */
const providerDefaultDays = 30;

const remediation =
  "Set recoveryWindowInDays to at least the minimum, and leave forceOverwriteReplicaSecret out";

/** SM-12. */
export const secretRecoveryWindow = resourceRule({
  id: "secret-recovery-window",
  code: "SM-12",
  title: "A deleted secret can be restored for long enough to notice",
  severity: "high",
  frameworks: [{ name: "NIST SP 800-53", version: "5", reference: "CP-9" }],
  mapsTo: {},
  remediation,
  settings: {
    minimumDays: {
      type: "integer",
      minimum: 7,
      maximum: 30,
      default: 7,
      description: "Shortest recovery window.",
    },
    requireProtect: {
      type: "boolean",
      default: false,
      description: "Demand Pulumi's resource option `protect` as well.",
    },
  },
  appliesTo: types.secret,
  check: (secret, config) => {
    const where = label(secret);
    const window = orDefault(input(secret, readNumber, "recoveryWindowInDays"), providerDefaultDays);
    const overwrite = orDefault(input(secret, readBoolean, "forceOverwriteReplicaSecret"), false);
    const findings = [];
    if (window.state === "known" && window.value < config.minimumDays) {
      const fact =
        window.value === 0 ? "is deleted at once and for good" : `can be restored for ${window.value} days`;
      findings.push(violation(secret, `${where} ${fact}, less than ${config.minimumDays} days`, remediation));
    }
    if (overwrite.state === "known" && overwrite.value) {
      const fact = `${where} overwrites a secret of the same name in the replica Region`;
      findings.push(violation(secret, fact, remediation));
    }
    if (config.requireProtect && !secret.opts.protect) {
      findings.push(violation(secret, `${where} is not protected`, "Set the resource option protect"));
    }
    if (window.state === "unknown" || overwrite.state === "unknown") {
      const decidedBy = "the values of `recoveryWindowInDays` and `forceOverwriteReplicaSecret`";
      findings.push(undecided(secret, `how long ${where} can be restored is not known`, decidedBy));
    }
    return findings;
  },
});
