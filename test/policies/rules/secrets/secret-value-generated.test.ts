import { secretValueGenerated } from "../../../../policies/rules/secrets/secret-value-generated";
import { Case, testRule } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix =
  "Let a rotation function or a generator make the value, or put it out of band or with secretStringWo.";
const literal: Case["says"] = [
  {
    on: "value",
    violation: `the value of SecretVersion "value" stands in the program or its configuration, and in every state file. ${fix}`,
  },
];
const placeholder: Case["says"] = [
  { on: "value", violation: `SecretVersion "value" puts a placeholder where the value belongs. ${fix}` },
];
const secret = resource("secret", "orders");
const password = resource("randomPassword", "generated");
const version = (props: Record<string, unknown>, from: Record<string, readonly (typeof secret)[]> = {}) => [
  resource("secretVersion", "value", {
    props: { secretId: "orders", ...props },
    from: { secretId: [secret], ...from },
  }),
];
/** As an old state has it: without dependencies by property. */
const old = (props: Record<string, unknown>, dependencies?: readonly (typeof secret)[]) => {
  const { propertyDependencies, dependencies: none, ...rest } = resource("secretVersion", "value", { props });
  return [{ ...rest, ...(dependencies === undefined ? {} : { dependencies }) }];
};

testRule(secretValueGenerated, [
  { name: "no version", stack: [secret], says: [] },
  { name: "a version without a value", stack: version({}), says: [] },
  { name: "a literal", stack: version({ secretString: "mF2s9Qx" }), says: literal },
  { name: "a literal as bytes", stack: version({ secretBinary: "bUYyczlReA==" }), says: literal },
  {
    name: "a redacted value that nothing computes",
    stack: version({ secretString: "[secret]" }),
    says: literal,
  },
  {
    name: "a generated value",
    stack: version({ secretString: "mF2s9Qx" }, { secretString: [password] }),
    says: [],
  },
  {
    name: "a generated value that is not known",
    stack: version({ secretString: unknownText }, { secretString: [password] }),
    says: [],
  },
  {
    name: "a generated value as bytes",
    stack: version({ secretBinary: unknownText }, { secretBinary: [password] }),
    says: [],
  },
  {
    name: "a value that is computed from the secret only",
    stack: version({ secretString: "x orders" }, { secretString: [secret] }),
    says: literal,
  },
  {
    name: "a value that is not known and computed from nothing",
    stack: version({ secretString: unknownText }),
    says: literal,
  },
  {
    name: "a value that the state does not keep",
    stack: version({ secretStringWo: "mF2s9Qx", secretStringWoVersion: 1 }),
    says: [],
  },
  { name: "a placeholder", stack: version({ secretString: "changeme" }), says: placeholder },
  {
    name: "a placeholder that is computed",
    stack: version({ secretString: '{"password":"changeme"}' }, { secretString: [password] }),
    says: placeholder,
  },
  {
    name: "a placeholder that the state does not keep",
    stack: version({ secretStringWo: "TODO" }),
    says: placeholder,
  },
  {
    name: "a literal, when configuration is accepted",
    stack: version({ secretString: "mF2s9Qx" }),
    config: { acceptConfiguration: true },
    says: [],
  },
  {
    name: "a placeholder, when configuration is accepted",
    stack: version({ secretString: "changeme" }),
    config: { acceptConfiguration: true },
    says: placeholder,
  },
  {
    name: "an old state that does not say what from",
    stack: old({ secretString: "mF2s9Qx" }),
    says: [
      {
        on: "value",
        undecided:
          'where the value of SecretVersion "value" comes from is not known / a preview or an update',
      },
    ],
  },
  {
    name: "an old state with dependencies of the whole",
    stack: old({ secretString: "mF2s9Qx" }, [secret, password]),
    says: [],
  },
  {
    name: "an old state that depends on the secret",
    stack: old({ secretString: "mF2s9Qx" }, [secret]),
    says: literal,
  },
]);
