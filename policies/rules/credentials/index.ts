import { Rule } from "../../rule";

/** Rules about credentials in the wrong place: HC-01 to HC-06, SSM-01 to SSM-03, TAINT-01. */
export const credentialRules: readonly Rule[] = [];
