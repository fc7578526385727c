import { brokenRules, PasswordPolicy, rulesText } from "./password-policy";
import { RotationError } from "./rotation-error";

/** Passwords that are made to see whether all of them keep the server's rules, for they are made at random. */
export const samples = 20;

/** What the check of a server's password policy found. @throws RotationError `policy-refused` */
export function judgePolicy(
  policy: PasswordPolicy,
  makePassword: () => string,
): { readonly isKnown: boolean; readonly detail: string } {
  if (policy.kind === "hidden") return { isKnown: false, detail: `cannot tell: ${policy.why}` };
  if (policy.kind === "none") return { isKnown: true, detail: policy.why };
  if (policy.kind === "refuses") throw new RotationError("policy-refused", policy.why);
  const { rules, source } = policy;
  const broken = Array.from({ length: samples }, () => brokenRules(rules, makePassword()));
  const refused = broken.filter((faults) => faults.length > 0);
  if (refused.length === 0)
    return { isKnown: true, detail: `a generated password has what ${source} asks: ${rulesText(rules)}` };
  const faults = [...new Set(refused.flat())].join(", ");
  const how = `${refused.length} of ${samples} generated passwords lack what ${source} asks: ${faults}`;
  throw new RotationError("policy-refused", `${how}: change the settings' "password"`);
}
