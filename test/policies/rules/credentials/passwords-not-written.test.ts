import { passwordsNotWritten } from "../../../../policies/rules/credentials/passwords-not-written";
import { secretProperties } from "../../../../policies/facts/secrets/secret-properties";
import { testRule, violates, waits } from "../../support/cases";
import { resource, resourceOfType, unknownText } from "../../support/stack";

const fix = "Keep the value in Secrets Manager, and read it from there when the program runs.";
const says = (kind: string, where: string) => [
  violates("it", `${kind} "it": ${where} is a value that somebody chose and wrote in the program. ${fix}`),
];
const endpoint = (password: unknown, from = {}) => [
  resourceOfType("aws:dms/endpoint:Endpoint", "it", { props: { password }, from }),
];
const broker = (...users: readonly object[]) => [
  resourceOfType("aws:mq/broker:Broker", "it", { props: { users } }),
];
const generated = resource("randomPassword", "generated");
const nested = (path: readonly string[], value: unknown): Record<string, unknown> => {
  const [first = "", ...others] = path;
  return { [first]: others.length === 0 ? value : nested(others, value) };
};
const maps = new Set(["users", "connectionProperties", "airflowConfigurationOptions"]);

testRule(passwordsNotWritten, [
  ...secretProperties
    .filter(({ path }) => !maps.has(path.at(-1) ?? ""))
    .map(({ type, path }) => ({
      name: `${type} ${path.join(".")}`,
      stack: [resourceOfType(type, "it", { props: nested(path, "Sommer2026!") })],
      says: says(type.split(":").at(-1) ?? "", path.join(".")),
    })),
  { name: "nothing given", stack: [resourceOfType("aws:dms/endpoint:Endpoint", "it")], says: [] },
  {
    name: "a generated one that is to be made",
    stack: endpoint(unknownText, { password: [generated] }),
    says: [],
  },
  {
    name: "a generated one that is there",
    stack: endpoint("Sommer2026!", { password: [generated] }),
    says: [],
  },
  {
    name: "a reference",
    stack: endpoint("{{resolve:secretsmanager:orders:SecretString:password}}"),
    says: [],
  },
  { name: "a random one", stack: endpoint("q7Zp2Xv9Lk4Tn8Wb"), says: [] },
  {
    name: "a random one that is not allowed",
    stack: endpoint("q7Zp2Xv9Lk4Tn8Wb"),
    config: { allowSupplied: false },
    says: says("Endpoint", "password"),
  },
  {
    name: "a private key",
    stack: [
      resourceOfType("aws:acm/certificate:Certificate", "it", {
        props: { privateKey: "-----BEGIN " + "PRIVATE KEY-----\nx" },
      }),
    ],
    says: [],
  },
  {
    name: "a private key that is not allowed",
    stack: [
      resourceOfType("aws:acm/certificate:Certificate", "it", {
        props: { privateKey: "-----BEGIN " + "PRIVATE KEY-----\nx" },
      }),
    ],
    config: { allowSupplied: false },
    says: says("Certificate", "privateKey"),
  },
  {
    name: "each member of a list",
    stack: [
      resourceOfType("aws:elasticache/user:User", "it", {
        props: { passwords: ["q7Zp2Xv9Lk4Tn8Wb", "Sommer2026!"] },
      }),
    ],
    says: says("User", "passwords[1]"),
  },
  {
    name: "of a list of users the password only",
    stack: broker(
      { username: "admin", password: "Sommer2026!" },
      { username: "x", password: "q7Zp2Xv9Lk4Tn8Wb" },
    ),
    says: says("Broker", "users[0].password"),
  },
  {
    name: "of a map the member with the name of a credential",
    stack: [
      resourceOfType("aws:glue/connection:Connection", "it", {
        props: { connectionProperties: { USERNAME: "orders", PASSWORD: "Sommer2026!" } },
      }),
    ],
    says: says("Connection", "connectionProperties.PASSWORD"),
  },
  {
    name: "of options those too",
    stack: [
      resourceOfType("aws:mwaa/environment:Environment", "it", {
        props: {
          airflowConfigurationOptions: { "smtp.smtp_password": "Sommer2026!", "core.x": "Sommer2026!" },
        },
      }),
    ],
    says: says("Environment", "airflowConfigurationOptions.smtp.smtp_password"),
  },
  ...[unknownText, "[secret]"].map((password) => ({
    name: password === unknownText ? "unknown" : "redacted",
    stack: endpoint(password),
    says: [waits("it", 'where password of Endpoint "it" comes from is not known / the value of `password`')],
  })),
]);
