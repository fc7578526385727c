import { Rule } from "../../rule";

/** Rules about IAM identities: IAM-01 to IAM-09. */
export const identityRules: readonly Rule[] = [];
