import { Rule } from "../../rule";

/** Rules about VPC endpoints: VPCE-01 to VPCE-03. */
export const networkRules: readonly Rule[] = [];
