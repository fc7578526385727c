import { Rule } from "../../rule";

/** Rules about the audit trail: CT-01 to CT-04. */
export const auditRules: readonly Rule[] = [];
