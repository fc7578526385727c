import { functionVariablesCustomerKey } from "../../../../policies/rules/functions/function-variables-customer-key";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownObject, unknownText } from "../../support/stack";

const fix = "Set kmsKeyArn to a customer managed key that the function's role may use.";
const what = 'the environment of Function "orders"';
const open = [violates("orders", `${what} is encrypted with a key of AWS, not with one of yours. ${fix}`)];
const key = resource("key", "main", { props: { arn: "arn:aws:kms:eu-west-1:111111111111:key/k-1" } });
const fn = (variables: unknown, props: Record<string, unknown> = {}, from = {}) =>
  resource("function", "orders", { props: { environment: { variables }, ...props }, from });
const confidential = { API_TOKEN_REF: "x", API_TOKEN: "arn:aws:secretsmanager:eu-west-1:1:secret:x" };

testRule(functionVariablesCustomerKey, [
  {
    name: "no environment",
    stack: [resource("function", "orders")],
    config: { everyFunction: true },
    says: [],
  },
  { name: "no variables", stack: [fn({})], config: { everyFunction: true }, says: [] },
  { name: "plain names", stack: [fn({ LOG_LEVEL: "debug", SECRET_ARN: "arn" })], says: [] },
  {
    name: "plain names where every function is judged",
    stack: [fn({ LOG_LEVEL: "debug" })],
    config: { everyFunction: true },
    says: open,
  },
  { name: "the name of a credential", stack: [fn(confidential)], says: open },
  { name: "a name that may be a key's", stack: [fn({ DEPLOY_KEY: "x" })], says: open },
  { name: "a key of AWS", stack: [fn(confidential, { kmsKeyArn: "alias/aws/lambda" })], says: open },
  {
    name: "a key of this stack",
    stack: [key, fn(confidential, { kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/k-1" })],
    says: [],
  },
  {
    name: "a key of another stack",
    stack: [fn(confidential, { kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/k-9" })],
    says: [],
  },
  {
    name: "a key of this stack that has no ARN yet",
    stack: [key, fn(confidential, { kmsKeyArn: unknownText }, { kmsKeyArn: [key] })],
    says: [],
  },
  {
    name: "a key that is not known",
    stack: [fn(confidential, { kmsKeyArn: unknownText })],
    says: [waits("orders", `the key of ${what} is not known / the value of \`kmsKeyArn\``)],
  },
  {
    name: "unknown variables, names and all",
    stack: [fn(unknownObject, {}, { environment: [key] })],
    says: [],
  },
  {
    name: "unknown variables where every function is judged",
    stack: [fn(unknownObject, {}, { environment: [key] })],
    config: { everyFunction: true },
    says: open,
  },
]);
