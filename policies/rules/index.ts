import { Rule } from "../rule";
import { auditRules } from "./audit";
import { credentialRules } from "./credentials";
import { databaseRules } from "./databases";
import { functionRules } from "./functions";
import { identityRules } from "./identity";
import { keyRules } from "./keys";
import { networkRules } from "./network";
import { reachRules } from "./reach";
import { secretRules } from "./secrets";

/** Every rule of the pack, in the order of the documentation. */
export const rules: readonly Rule[] = [
  ...secretRules,
  ...keyRules,
  ...identityRules,
  ...functionRules,
  ...networkRules,
  ...databaseRules,
  ...auditRules,
  ...credentialRules,
  ...reachRules,
];
