import { secretRotationConfigured } from "../../../../policies/rules/secrets/secret-rotation-configured";
import { testRule } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix = "Add a SecretRotation for the secret, or write in the exemption tag why it cannot be rotated.";
const secret = resource("secret", "orders", {
  props: { arn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3", name: "orders" },
});
const fresh = resource("secret", "orders", { props: { arn: unknownText } });
const tagged = (reason: unknown) =>
  resource("secret", "orders", { props: { tags: { "strongroom:rotation-exemption": reason } } });
const notRotated = { on: "orders", violation: `Secret "orders" is not rotated. ${fix}` };

testRule(secretRotationConfigured, [
  { name: "no rotation", stack: [secret], says: [notRotated] },
  {
    name: "a rotation by the secret's ARN",
    stack: [
      secret,
      resource("secretRotation", "rotation", {
        props: { secretId: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3" },
      }),
    ],
    says: [],
  },
  {
    name: "a rotation by the secret's name",
    stack: [secret, resource("secretRotation", "rotation", { props: { secretId: "orders" } })],
    says: [],
  },
  {
    name: "a rotation in the first preview, by what it depends on",
    stack: [
      fresh,
      resource("secretRotation", "rotation", {
        props: { secretId: unknownText },
        from: { secretId: [fresh] },
      }),
    ],
    says: [],
  },
  {
    name: "the rotation of another secret",
    stack: [secret, resource("secretRotation", "rotation", { props: { secretId: "payments" } })],
    says: [notRotated],
  },
  {
    name: "a rotation of who knows which secret",
    stack: [secret, resource("secretRotation", "rotation", { props: { secretId: unknownText } })],
    says: [
      {
        on: "orders",
        undecided:
          'SecretRotation "rotation" may be about Secret "orders" / the secretId of SecretRotation "rotation"',
      },
    ],
  },
  { name: "a reason in the tag", stack: [tagged("provider offers no rotation")], says: [] },
  {
    name: "an empty reason",
    stack: [tagged("   ")],
    says: [
      {
        on: "orders",
        violation:
          'Secret "orders" has the tag strongroom:rotation-exemption without a reason in it. Write a reason of at least 10 characters.',
      },
    ],
  },
  { name: "a reason of exactly the least length", stack: [tagged("0123456789")], says: [] },
  {
    name: "a reason one character short",
    stack: [tagged("012345678")],
    says: [
      {
        on: "orders",
        violation:
          'Secret "orders" has the tag strongroom:rotation-exemption without a reason in it. Write a reason of at least 10 characters.',
      },
    ],
  },
  {
    name: "no exemption where the setting allows none",
    stack: [tagged("provider offers no rotation")],
    config: { exemptionTag: "" },
    says: [notRotated],
  },
  {
    name: "a tag of another name",
    stack: [tagged("provider offers no rotation")],
    config: { exemptionTag: "why" },
    says: [notRotated],
  },
  {
    name: "a reason that is not known",
    stack: [tagged(unknownText)],
    says: [{ on: "orders", undecided: 'the tags of Secret "orders" are not known / the value of `tags`' }],
  },
  {
    name: "a secret that a service owns",
    stack: [resource("secret", "db", { props: { name: "rds!db-1234" } })],
    says: [],
  },
  {
    name: "one silent secret does not hide another",
    stack: [tagged(unknownText), resource("secret", "payments")],
    says: [
      { on: "orders", undecided: 'the tags of Secret "orders" are not known / the value of `tags`' },
      { on: "payments", violation: `Secret "payments" is not rotated. ${fix}` },
    ],
  },
]);
