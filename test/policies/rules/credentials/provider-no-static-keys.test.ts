import { Resource } from "../../../../policies/stack/resource";
import { providerNoStaticKeys } from "../../../../policies/rules/credentials/provider-no-static-keys";
import { testRule, violates } from "../../support/cases";
import { resource, resourceOfType, unknownText } from "../../support/stack";

const fix =
  "Leave accessKey, secretKey and token out: take a role with assumeRoles, or the identity of the pipeline.";
const provider = (props: Record<string, unknown>, type = "pulumi:providers:aws") =>
  resourceOfType(type, "central", { props: { region: "eu-west-1", ...props } });
const madeWith = (
  props: Record<string, unknown>,
  name = "orders",
  type = "pulumi:providers:aws",
): Resource => ({
  ...resource("secret", name),
  provider: { urn: `urn:pulumi:test::policies::${type}::central`, props },
});
const says = (keys: string, on = "central") => [
  violates(on, `the AWS provider "central" is given ${keys} by the program. ${fix}`),
];

testRule(providerNoStaticKeys, [
  { name: "no providers", stack: [resource("secret", "orders")], says: [] },
  { name: "a role", stack: [provider({ assumeRoles: "[]" })], says: [] },
  { name: "an empty key", stack: [provider({ accessKey: "" })], says: [] },
  ...["accessKey", "secretKey", "token"].map((key) => ({
    name: key,
    stack: [provider({ [key]: "x" })],
    says: says(key),
  })),
  {
    name: "two of them",
    stack: [provider({ accessKey: "x", secretKey: "y" })],
    says: says("accessKey, secretKey"),
  },
  { name: "unknown", stack: [provider({ secretKey: unknownText })], says: says("secretKey") },
  { name: "redacted", stack: [provider({ secretKey: "[secret]" })], says: says("secretKey") },
  { name: "a provider of others", stack: [provider({ token: "x" }, "pulumi:providers:github")], says: [] },
  {
    name: "a provider that the stack does not list, on the first resource that is made with it",
    stack: [madeWith({ secretKey: "x" }), madeWith({ secretKey: "x" }, "billing")],
    says: says("secretKey", "orders"),
  },
  {
    name: "one that it lists is said once",
    stack: [provider({ secretKey: "x" }), madeWith({ secretKey: "x" })],
    says: says("secretKey"),
  },
  {
    name: "one of others, unlisted",
    stack: [madeWith({ token: "x" }, "orders", "pulumi:providers:github")],
    says: [],
  },
]);
