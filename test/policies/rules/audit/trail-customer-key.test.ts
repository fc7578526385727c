import { trailCustomerKey } from "../../../../policies/rules/audit/trail-customer-key";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const trail = (props: Record<string, unknown>, from = {}) => resource("trail", "main", { props, from });
const open = [
  violates(
    "main",
    'Trail "main" is encrypted with a key of AWS, not with one of yours. ' +
      "Set kmsKeyId to a customer managed key whose policy lets CloudTrail encrypt with it.",
  ),
];
const key = resource("key", "trail", {
  props: { arn: "arn:aws:kms:eu-west-1:111111111111:key/k-1", keyId: "k-1" },
});
const alias = resource("alias", "trail", { props: { name: "alias/trail", targetKeyId: "k-1" } });

testRule(trailCustomerKey, [
  { name: "no trail", stack: [key], says: [] },
  { name: "no key", stack: [trail({})], says: open },
  { name: "a key of AWS", stack: [trail({ kmsKeyId: "alias/aws/cloudtrail" })], says: open },
  {
    name: "a key of AWS by ARN",
    stack: [trail({ kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:alias/aws/s3" })],
    says: open,
  },
  {
    name: "a key of ours",
    stack: [key, trail({ kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/k-1" })],
    says: [],
  },
  { name: "a key of another stack", stack: [trail({ kmsKeyId: "alias/trail" })], says: [] },
  { name: "an alias that only looks like AWS's", stack: [trail({ kmsKeyId: "alias/awstrail" })], says: [] },
  {
    name: "an alias of ours that is to be made",
    stack: [alias, trail({ kmsKeyId: unknownText }, { kmsKeyId: [alias] })],
    says: [],
  },
  {
    name: "an unknown key",
    stack: [trail({ kmsKeyId: unknownText })],
    says: [waits("main", 'the key of Trail "main" is not known / the value of `kmsKeyId`')],
  },
]);
