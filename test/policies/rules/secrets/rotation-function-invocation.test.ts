import { rotationFunctionInvocation } from "../../../../policies/rules/secrets/rotation-function-invocation";
import { testRule } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const arn = "arn:aws:lambda:eu-west-1:111111111111:function:rotate";
const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const rotate = resource("function", "rotate", { props: { arn, name: "rotate" } });
const rotation = resource("secretRotation", "orders", { props: { rotationLambdaArn: arn } });
const permission = (props: Record<string, unknown>, name = "invoke") =>
  resource("permission", name, { props: { function: "rotate", action: "lambda:InvokeFunction", ...props } });
const service = { principal: "secretsmanager.amazonaws.com" };
const fix =
  "Give the function one Permission, for secretsmanager.amazonaws.com with sourceAccount or the ARN of the secret in " +
  "sourceArn, and remove the others.";
const anyAccount = {
  on: "invoke",
  violation: `Permission "invoke" lets Secrets Manager invoke Function "rotate" for any account. ${fix}`,
};
const others = {
  on: "other",
  violation: `Permission "other" lets others than secretsmanager.amazonaws.com invoke Function "rotate". ${fix}`,
};
const nobody = {
  on: "rotate",
  violation: `nothing lets Secrets Manager invoke the rotation function Function "rotate", so no rotation can run. ${fix}`,
};
const bound = permission({ ...service, sourceAccount: "111111111111" });

const fresh = resource("function", "rotate", { props: { arn: unknownText, name: unknownText } });
const freshRotation = resource("secretRotation", "orders", {
  props: { rotationLambdaArn: unknownText },
  from: { rotationLambdaArn: [fresh] },
});

testRule(rotationFunctionInvocation, [
  { name: "bound to an account", stack: [rotate, rotation, bound], says: [] },
  {
    name: "bound to a secret",
    stack: [rotate, rotation, permission({ ...service, sourceArn: secretArn })],
    says: [],
  },
  {
    name: "bound to a secret that is yet to be made",
    stack: [rotate, rotation, permission({ ...service, sourceArn: unknownText })],
    says: [],
  },
  {
    name: "bound to an account that is not known yet",
    stack: [rotate, rotation, permission({ ...service, sourceAccount: unknownText })],
    says: [],
  },
  ...[
    "orders",
    "arn:aws:secretsmanager:eu-west-1:1111111111112:secret:orders",
    "arn:aws:secretsmanager:eu-west-1:x111111111111:secret:orders",
    "arn:aws:secretsmanager:eu-west-1::secret:orders",
  ].map((sourceArn) => ({
    name: `bound to no account: ${sourceArn}`,
    stack: [rotate, rotation, permission({ ...service, sourceArn })],
    says: [anyAccount],
  })),
  {
    name: "a function beside another one",
    stack: [resource("function", "first", { props: { arn: `${arn}-1`, name: "first" } }), rotate, rotation],
    says: [nobody],
  },
  {
    name: "a function that is not known",
    stack: [
      resource("secretRotation", "orders", {
        props: { rotationLambdaArn: unknownText },
        from: { rotationLambdaArn: [] },
      }),
    ],
    says: [
      {
        on: "orders",
        undecided:
          'the rotation function of SecretRotation "orders" is not known / the value of `rotationLambdaArn`',
      },
    ],
  },
  {
    name: "only a permission of another function",
    stack: [rotate, rotation, permission({ ...service, function: "other" })],
    says: [nobody],
  },
  {
    name: "two permissions of functions that are not known",
    stack: [
      rotate,
      rotation,
      permission({ ...service, function: unknownText }),
      permission({ ...service, function: unknownText }, "second"),
    ],
    says: [
      {
        on: "rotate",
        undecided:
          'Permission "invoke", Permission "second" may be what lets Secrets Manager invoke Function "rotate" / ' +
          'Permission "invoke", Permission "second"',
      },
    ],
  },
  { name: "bound to nothing", stack: [rotate, rotation, permission(service)], says: [anyAccount] },
  {
    name: "bound to the secrets of every account",
    stack: [
      rotate,
      rotation,
      permission({ ...service, sourceArn: "arn:aws:secretsmanager:eu-west-1:*:secret:orders" }),
    ],
    says: [anyAccount],
  },
  {
    name: "bound to no text",
    stack: [rotate, rotation, permission({ ...service, sourceAccount: "" })],
    says: [anyAccount],
  },
  { name: "no permission", stack: [rotate, rotation], says: [nobody] },
  {
    name: "only a permission for everybody",
    stack: [rotate, rotation, permission({ principal: "*" }, "other")],
    says: [others, nobody],
  },
  {
    name: "another service beside Secrets Manager",
    stack: [
      rotate,
      rotation,
      bound,
      permission({ principal: "events.amazonaws.com", sourceAccount: "111111111111" }, "other"),
    ],
    says: [others],
  },
  {
    name: "a permission by ARN",
    stack: [rotate, rotation, permission({ ...service, function: arn })],
    says: [anyAccount],
  },
  {
    name: "a permission of another function",
    stack: [rotate, rotation, bound, permission({ principal: "*", function: "other" }, "other")],
    says: [],
  },
  {
    name: "a function URL",
    stack: [rotate, rotation, bound, resource("functionUrl", "open", { props: { functionName: "rotate" } })],
    says: [
      {
        on: "open",
        violation: 'FunctionUrl "open" opens the rotation function Function "rotate". Remove the URL.',
      },
    ],
  },
  {
    name: "all in the first preview",
    stack: [
      fresh,
      freshRotation,
      resource("permission", "invoke", {
        props: { ...service, function: unknownText },
        from: { function: [fresh] },
      }),
    ],
    says: [anyAccount],
  },
  {
    name: "one function for two secrets is judged once",
    stack: [rotate, rotation, resource("secretRotation", "second", { props: { rotationLambdaArn: arn } })],
    says: [nobody],
  },
  { name: "a function nobody rotates with", stack: [rotate, permission(service)], says: [] },
  {
    name: "a function of another stack",
    stack: [rotation],
    says: [
      {
        on: "orders",
        undecided:
          'the rotation function of SecretRotation "orders" is not in this stack / the stack that creates the function',
      },
    ],
  },
  {
    name: "a permission of a function that is not known",
    stack: [rotate, rotation, permission({ ...service, function: unknownText })],
    says: [
      {
        on: "rotate",
        undecided:
          'Permission "invoke" may be what lets Secrets Manager invoke Function "rotate" / Permission "invoke"',
      },
    ],
  },
  {
    name: "an unknown principal",
    stack: [rotate, rotation, permission({ principal: unknownText })],
    says: [
      {
        on: "invoke",
        undecided: 'the principal of Permission "invoke" is not known / the value of `principal`',
      },
      {
        on: "rotate",
        undecided:
          'Permission "invoke" may be what lets Secrets Manager invoke Function "rotate" / Permission "invoke"',
      },
    ],
  },
  { name: "rotation by the service itself", stack: [resource("secretRotation", "managed")], says: [] },
]);
