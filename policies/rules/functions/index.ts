import { Rule } from "../../rule";
import { functionNotPublic } from "./function-not-public";
import { functionResilience } from "./function-resilience";
import { functionVariablesCustomerKey } from "./function-variables-customer-key";
import { functionVariablesNoCredentials } from "./function-variables-no-credentials";
import { rotationFunctionInVpc } from "./rotation-function-in-vpc";

/** Rules about Lambda functions: LAM-01 to LAM-05. */
export const functionRules: readonly Rule[] = [
  functionVariablesNoCredentials,
  functionVariablesCustomerKey,
  rotationFunctionInVpc,
  functionResilience,
  functionNotPublic,
];
