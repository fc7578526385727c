import { Who } from "../../iam/proof";
import { Finding, Rule } from "../rule";

/** Rules about who can get in: their findings count as public, unless the finding says otherwise. */
const rulesAboutThePublic: ReadonlySet<string> = new Set([
  "SM-09",
  "KMS-02",
  "REACH-01",
  "REACH-02",
  "REACH-04",
]);

/** Whether a finding is about something that everybody can reach, so that no waiver and no baseline hides it. */
export function isAboutThePublic(
  { code }: Pick<Rule, "code">,
  { isPublic }: Pick<Extract<Finding, { readonly kind: "violation" }>, "isPublic">,
): boolean {
  return isPublic ?? rulesAboutThePublic.has(code);
}

/** Whether this is everybody in AWS, or outside: nobody is answerable for them. */
export function isEverybody({ kind }: Who): boolean {
  return kind === "anonymous" || kind === "any-aws-principal";
}
