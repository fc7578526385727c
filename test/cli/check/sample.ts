import { CheckFinding, CheckResult, worstFirst } from "../../../cli/check/finding";

const prefix = "urn:pulumi:dev::orders::";

/** A finding of the pack that counts. */
export const rotation: CheckFinding = {
  rule: "key-rotation",
  code: "KMS-01",
  title: "Symmetric keys are rotated automatically, often enough",
  severity: "medium",
  level: "mandatory",
  urn: `${prefix}aws:kms/key:Key::main`,
  message: 'Key "main" is not rotated. Set enableKeyRotation to true.',
  fingerprint: "0123456789ab",
  pack: "strongroom",
  place: { file: "infra/index.ts", line: 18, column: 14 },
};

/** The worst there is, and on the project's own place. */
export const open: CheckFinding = {
  ...rotation,
  rule: "secret-policy-not-public",
  code: "SM-09",
  title: "No secret is open to the public",
  severity: "critical",
  urn: `${prefix}aws:secretsmanager/secretPolicy:SecretPolicy::open`,
  message: 'The policy of SecretPolicy "open" lets in anybody.',
  fingerprint: "public-0123456789ab",
  place: undefined,
} as CheckFinding;

/** Waived, in the baseline, advisory, and of another pack with a name that means harm to a report. */
export const others: readonly CheckFinding[] = [
  {
    ...rotation,
    urn: `${prefix}aws:kms/key:Key::waived`,
    fingerprint: "1111aaaaaaaa",
    hidden: { by: "waiver", owner: "payments", ticket: "SEC-12", reason: "by hand", expires: "2027-01-31" },
  },
  {
    ...rotation,
    urn: `${prefix}aws:kms/key:Key::known`,
    fingerprint: "2222aaaaaaaa",
    hidden: { by: "baseline" },
  },
  {
    ...rotation,
    level: "advisory",
    severity: "low",
    urn: `${prefix}aws:kms/key:Key::soft`,
    fingerprint: "3333aaaaaaaa",
  },
  {
    rule: "foreign-rule",
    code: "foreign-rule",
    title: "Something else",
    severity: "high",
    level: "mandatory",
    urn: `${prefix}aws:s3/bucket:Bucket::<img src=x>|@everyone`,
    message: 'A "quote" & <tag>\u0000 | a bar\nand a second line `code`',
    fingerprint: "4444aaaaaaaa",
    pack: "other",
  },
];

/** A result with one of everything. */
export function sample(change: Partial<CheckResult> = {}): CheckResult {
  return {
    subject: "preview of organization/orders/dev",
    at: "2026-11-24T12:00:00.000Z",
    packs: [{ name: "strongroom", version: "0.1.0" }],
    projectFile: "infra/Pulumi.yaml",
    resources: 14,
    findings: [rotation, open, ...others].sort(worstFirst),
    undecided: [
      { codes: ["SM-09", "SM-10"], text: 'the policy of SecretPolicy "slow" is not known; decided by it' },
    ],
    passed: ["secret-recovery-window"],
    exceptions: [
      "1 finding waived until 2027-01-31: waivers[0] (key-rotation, owner payments, ticket SEC-12), by hand",
    ],
    ...change,
  };
}

/** Nothing found at all. */
export const clean = sample({ findings: [], undecided: [], exceptions: [] });
