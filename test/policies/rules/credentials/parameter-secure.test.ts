import { parameterSecure } from "../../../../policies/rules/credentials/parameter-secure";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix = "Give the parameter the type SecureString, or better keep the value in Secrets Manager.";
const parameter = (props: Record<string, unknown>, name = "it", extra: object = {}) => [
  resource("parameter", name, { props, ...extra }),
];
const says = (property: string, why: string, on = "it") => [
  violates(on, `Parameter "${on}": ${property} ${why}. ${fix}`),
];
const byName = "has the name of a credential, and its value lies open";
const password = { name: "/orders/db-password", value: "correct horse" };

testRule(parameterSecure, [
  {
    name: "a setting",
    stack: parameter({ name: "/orders/host", type: "String", value: "db.internal" }),
    says: [],
  },
  {
    name: "a reference",
    stack: parameter({ name: "/orders/password", type: "String", value: "arn:aws:secretsmanager:x" }),
    says: [],
  },
  {
    name: "a password as a string",
    stack: parameter({ ...password, type: "String" }),
    says: says("value", byName),
  },
  {
    name: "a password as a list",
    stack: parameter({ ...password, type: "StringList" }),
    says: says("value", byName),
  },
  { name: "a password of no type", stack: parameter(password), says: says("value", byName) },
  {
    name: "a password as a secure string",
    stack: parameter({ ...password, type: "SecureString" }),
    says: [],
  },
  {
    name: "a password of unknown type",
    stack: parameter({ ...password, type: unknownText }),
    says: says("value", byName),
  },
  {
    name: "only the last part of the name counts",
    stack: parameter({ name: "/passwords/host", value: "db.internal" }),
    says: [],
  },
  {
    name: "the name in the program where there is none",
    stack: parameter({ value: "correct horse" }, "db-password"),
    says: says("value", byName, "db-password"),
  },
  {
    name: "and not where there is one",
    stack: parameter({ name: "/orders/host", value: "x" }, "db-password"),
    says: [],
  },
  {
    name: "an access key under any name",
    stack: parameter({ name: "/orders/who", value: "AKIA" + "QYLPMN5HFIQR7XYA" }),
    says: says("value", "contains an access key id of AWS"),
  },
  {
    name: "in the other property",
    stack: parameter({ name: "/orders/token", insecureValue: "abc" }),
    says: says("insecureValue", byName),
  },
  {
    name: "the mark of value says nothing",
    stack: parameter(password, "it", { secretPaths: [["value"]] }),
    says: says("value", byName),
  },
  {
    name: "that of the other one does",
    stack: parameter({ name: "/orders/token", insecureValue: "abc" }, "it", {
      secretPaths: [["value"], ["insecureValue"]],
    }),
    says: [],
  },
  {
    name: "what secretlint knows",
    stack: parameter(
      {
        name: "/orders/hook",
        value: "https://hooks.slack.com/services/" + "T0ABCDEFG/B0ABCDEFG/a1B2c3D4e5F6g7H8i9J0k1L2",
      },
      "it",
      { secretPaths: [["value"]] },
    ),
    says: says("value", "contains a credential that secretlint knows (slack)"),
  },
  { name: "redacted", stack: parameter({ ...password, value: "[secret]" }), says: [] },
  {
    name: "unknown under the name of a credential",
    stack: parameter({ ...password, value: unknownText }),
    says: [
      waits("it", 'whether value of Parameter "it" holds a credential is not known / the value of `value`'),
    ],
  },
  {
    name: "unknown under another name",
    stack: parameter({ name: "/orders/host", value: unknownText }),
    says: [],
  },
]);
