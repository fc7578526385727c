import { secretRotationConfigured } from "../../../../policies/rules/secrets/secret-rotation-configured";
import { testRule } from "../../support/cases";
import { resource, unknownObject, unknownText } from "../../support/stack";

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
  {
    name: "a reason that is long for its blanks",
    stack: [tagged("   none     ")],
    says: [
      {
        on: "orders",
        violation:
          'Secret "orders" has the tag strongroom:rotation-exemption without a reason in it. Write a reason of at least 10 characters.',
      },
    ],
  },
  {
    name: "a reason that the provider's own tags give",
    stack: [
      resource("secret", "orders", {
        props: {
          tags: { team: "orders" },
          tagsAll: { team: "orders", "strongroom:rotation-exemption": "provider offers no rotation" },
        },
      }),
    ],
    says: [],
  },
  {
    name: "tags of the provider that are not known",
    stack: [resource("secret", "orders", { props: { tagsAll: unknownObject }, from: { tagsAll: [] } })],
    says: [notRotated],
  },
  {
    name: "tags that are not known",
    stack: [resource("secret", "orders", { props: { tags: unknownObject }, from: { tags: [] } })],
    says: [{ on: "orders", undecided: 'the tags of Secret "orders" are not known / the value of `tags`' }],
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
    name: "no exemption by a tag without a name",
    stack: [resource("secret", "orders", { props: { tags: { "": "provider offers no rotation" } } })],
    config: { exemptionTag: "" },
    says: [notRotated],
  },
  {
    name: "two rotations of who knows which secret",
    stack: [
      secret,
      resource("secretRotation", "first", { props: { secretId: unknownText } }),
      resource("secretRotation", "second", { props: { secretId: unknownText } }),
    ],
    says: [
      {
        on: "orders",
        undecided:
          'SecretRotation "first", SecretRotation "second" may be about Secret "orders" / the secretId of ' +
          'SecretRotation "first", SecretRotation "second"',
      },
    ],
  },
  {
    name: "a secret of another stack",
    stack: [
      resource("secretPolicy", "access", {
        props: { secretArn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:far-a1b2c3", policy: "{}" },
      }),
    ],
    says: [],
  },
  {
    name: "a secret that says which service owns it",
    stack: [resource("secret", "orders", { props: { name: "orders", owningService: "rds" } })],
    says: [],
  },
  {
    name: "a name with the mark of a service further on",
    stack: [resource("secret", "orders", { props: { name: "app/rds!db-1234" } })],
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
