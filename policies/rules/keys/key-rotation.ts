import { undecided, violation } from "../../findings";
import { input, label, types } from "../../stack/resource";
import { resourceRule } from "../../rule";
import { orDefault, readBoolean, readNumber, readString } from "../../stack/tri-state";

/** KMS's own period where the program sets none. */
const defaultPeriodDays = 365;

const remediation = "Set enableKeyRotation, and rotationPeriodInDays to at most the limit";

/** KMS-01. */
export const keyRotation = resourceRule({
  id: "key-rotation",
  code: "KMS-01",
  title: "Symmetric keys are rotated automatically, often enough",
  severity: "medium",
  frameworks: [
    { name: "CIS AWS Foundations", version: "5.0", reference: "3.6" },
    { name: "PCI DSS", version: "4.0.1", reference: "3.7.4" },
    { name: "NIST SP 800-53", version: "5", reference: "SC-12(2)" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_7"],
    securityHub: ["KMS.4"],
    awsConfig: ["cmk-backing-key-rotation-enabled"],
  },
  remediation,
  settings: {
    maximumDays: {
      type: "integer",
      minimum: 90,
      maximum: 2560,
      default: defaultPeriodDays,
      description: "Longest rotation period.",
    },
  },
  appliesTo: types.key,
  check: (key, config) => {
    const where = label(key);
    const spec = orDefault(input(key, readString, "customerMasterKeySpec"), "SYMMETRIC_DEFAULT");
    const usage = orDefault(input(key, readString, "keyUsage"), "ENCRYPT_DECRYPT");
    const stores = ["customKeyStoreId", "xksKeyId"].map((name) => input(key, readString, name));
    const symmetric = spec.state === "known" && spec.value === "SYMMETRIC_DEFAULT";
    const encrypts = usage.state === "known" && usage.value === "ENCRYPT_DECRYPT";
    if (spec.state === "known" && !symmetric) return [];
    if (usage.state === "known" && !encrypts) return [];
    if (stores.some((store) => store.state === "known" && store.value !== "")) return [];
    const on = orDefault(input(key, readBoolean, "enableKeyRotation"), false);
    const days = orDefault(input(key, readNumber, "rotationPeriodInDays"), defaultPeriodDays);
    if ([spec, usage, on, days, ...stores].some((value) => value.state === "unknown")) {
      return [
        undecided(key, `how ${where} is rotated is not known`, "the values of its rotation properties"),
      ];
    }
    if (on.state === "known" && !on.value) {
      return [violation(key, `${where} is not rotated automatically`, remediation)];
    }
    if (days.state === "known" && days.value > config.maximumDays) {
      return [
        violation(
          key,
          `${where} is rotated every ${days.value} days, more than ${config.maximumDays}`,
          remediation,
        ),
      ];
    }
    return [];
  },
});
