import { functionNotPublic } from "../../../../policies/rules/functions/function-not-public";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix =
  "Name one account or service as the principal, a service with sourceAccount or a sourceArn, and give URLs the " +
  "authorization type AWS_IAM.";
const permission = (props: Record<string, unknown>, from = {}) => [
  resource("permission", "invoke", { props: { function: "orders", ...props }, from }),
];
const url = (props: Record<string, unknown>) => [resource("functionUrl", "web", { props })];
const service = { principal: "events.amazonaws.com" };
const anyAccount = (principal: string) => [
  violates("invoke", `Permission "invoke" lets ${principal} for any account call the function. ${fix}`),
];
const anybody = [violates("invoke", `Permission "invoke" lets anybody call the function. ${fix}`)];
const rule = "arn:aws:events:eu-west-1:111111111111:rule/orders";
const rotating = [
  resource("function", "rotate", { props: { name: "rotate" } }),
  resource("secretRotation", "rotation", { props: { secretId: "s", rotationLambdaArn: "rotate" } }),
];

testRule(functionNotPublic, [
  { name: "a signed URL", stack: url({ authorizationType: "AWS_IAM" }), says: [] },
  { name: "a URL without a type, which AWS refuses", stack: url({}), says: [] },
  {
    name: "an open URL",
    stack: url({ authorizationType: "NONE" }),
    says: [violates("web", `FunctionUrl "web" lets anybody call the function, without credentials. ${fix}`)],
  },
  {
    name: "a URL of unknown type",
    stack: url({ authorizationType: unknownText }),
    says: [waits("web", 'who may call FunctionUrl "web" is not known / the value of `authorizationType`')],
  },
  { name: "an account", stack: permission({ principal: "222222222222" }), says: [] },
  { name: "a role", stack: permission({ principal: "arn:aws:iam::222222222222:role/reader" }), says: [] },
  { name: "no principal, which AWS refuses", stack: permission({}), says: [] },
  {
    name: "an unknown principal",
    stack: permission({ principal: unknownText }),
    says: [waits("invoke", 'whom Permission "invoke" lets in is not known / the value of `principal`')],
  },
  { name: "everybody", stack: permission({ principal: "*" }), says: anybody },
  {
    name: "everybody of an organisation",
    stack: permission({ principal: "*", principalOrgId: "o-strongroom" }),
    says: [],
  },
  {
    name: "everybody of an account",
    stack: permission({ principal: "*", sourceAccount: "111111111111" }),
    says: [],
  },
  { name: "a service for everybody", stack: permission(service), says: anyAccount("events.amazonaws.com") },
  {
    name: "an organisation does not bound a service",
    stack: permission({ ...service, principalOrgId: "o-strongroom" }),
    says: anyAccount("events.amazonaws.com"),
  },
  { name: "a service for one source", stack: permission({ ...service, sourceArn: rule }), says: [] },
  {
    name: "a service for sources of any account",
    stack: permission({ ...service, sourceArn: "arn:aws:events:*:*:rule/orders" }),
    says: anyAccount("events.amazonaws.com"),
  },
  {
    name: "a source that is no ARN",
    stack: permission({ ...service, sourceArn: "orders" }),
    says: anyAccount("events.amazonaws.com"),
  },
  {
    name: "a service for one account",
    stack: permission({ ...service, sourceAccount: "111111111111" }),
    says: [],
  },
  {
    name: "an empty account",
    stack: permission({ ...service, sourceAccount: "" }),
    says: anyAccount("events.amazonaws.com"),
  },
  {
    name: "a bucket, whose ARN names no account",
    stack: permission({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::orders" }),
    says: anyAccount("s3.amazonaws.com"),
  },
  {
    name: "a bucket of an account",
    stack: permission({
      principal: "s3.amazonaws.com",
      sourceArn: "arn:aws:s3:::orders",
      sourceAccount: "111111111111",
    }),
    says: [],
  },
  {
    name: "a source that is to be made",
    stack: permission({ ...service, sourceArn: unknownText }),
    says: [],
  },
  {
    name: "an organisation that is to be made",
    stack: permission({ principal: "*", principalOrgId: unknownText }),
    says: [],
  },
  {
    name: "what may call a rotation function is SM-04's",
    stack: [...rotating, resource("permission", "invoke", { props: { function: "rotate", principal: "*" } })],
    says: [],
  },
  {
    name: "but not that of another function",
    stack: [
      ...rotating,
      resource("function", "orders", { props: { name: "orders" } }),
      ...permission({ principal: "*" }),
    ],
    says: anybody,
  },
]);
