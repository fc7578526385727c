import { Rule } from "../../rule";

/** Rules about Lambda functions: LAM-01 to LAM-05. */
export const functionRules: readonly Rule[] = [];
