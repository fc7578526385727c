import { parameterCustomerKey } from "../../../../policies/rules/credentials/parameter-customer-key";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const parameter = (props: Record<string, unknown>, from = {}) => [
  resource("parameter", "it", { props, from }),
];
const open = [
  violates(
    "it",
    'Parameter "it" is encrypted with a key of AWS, not with one of yours. Set keyId to a customer managed key.',
  ),
];
const key = resource("key", "main");

testRule(parameterCustomerKey, [
  { name: "a plain string", stack: parameter({ type: "String" }), says: [] },
  { name: "no type", stack: parameter({}), says: [] },
  { name: "no key", stack: parameter({ type: "SecureString" }), says: open },
  { name: "AWS's key", stack: parameter({ type: "SecureString", keyId: "alias/aws/ssm" }), says: open },
  { name: "a key of ours", stack: parameter({ type: "SecureString", keyId: "alias/orders" }), says: [] },
  {
    name: "one that is to be made",
    stack: [key, ...parameter({ type: "SecureString", keyId: unknownText }, { keyId: [key] })],
    says: [],
  },
  {
    name: "an unknown key",
    stack: parameter({ type: "SecureString", keyId: unknownText }),
    says: [waits("it", 'the key of Parameter "it" is not known / the value of `keyId`')],
  },
  {
    name: "an unknown type",
    stack: parameter({ type: unknownText }),
    says: [waits("it", 'the type of Parameter "it" is not known / the value of `type`')],
  },
]);
