import { Rule } from "../../rule";

/** Rules about who can read each secret, by proof: REACH-01 to REACH-04. */
export const reachRules: readonly Rule[] = [];
