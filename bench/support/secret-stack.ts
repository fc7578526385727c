import { types } from "../../policies/stack/resource";

/** One resource as the engine hands it to a pack. */
export interface StackResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** URNs that each property is computed from. */
  readonly from: Readonly<Record<string, readonly string[]>>;
}

const owner = "111111111111";
const region = "eu-west-1";
const organization = { StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } };
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

/** Secrets that share a key and a rotation function, each with a policy and a rotation: a deployed stack without findings. */
export function secretStack(secrets: number): readonly StackResource[] {
  const key = resource(types.key, "main", {
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    arn: `arn:aws:kms:${region}:${owner}:key/11111111-2222-3333-4444-555555555555`,
    policy: document(
      { Effect: "Allow", Principal: root(owner), Action: "kms:*", Resource: "*" },
      {
        Effect: "Allow",
        Principal: root("222222222222"),
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: organization,
      },
    ),
  });
  const functionArn = `arn:aws:lambda:${region}:${owner}:function:rotate`;
  const rotate = resource(types.function, "rotate", {
    name: "rotate",
    arn: functionArn,
    runtime: "nodejs22.x",
  });
  const permission = resource(types.permission, "rotate", {
    function: "rotate",
    action: "lambda:InvokeFunction",
    principal: "secretsmanager.amazonaws.com",
    sourceAccount: owner,
  });
  const stack = resource(types.stack, "bench-dev", {});
  const each = Array.from({ length: secrets }, (_, index) => secretWith(index, key, functionArn)).flat();
  return [stack, key, rotate, permission, ...each];
}

function secretWith(index: number, key: StackResource, functionArn: string): readonly StackResource[] {
  const name = `orders-${index}`;
  const arn = `arn:aws:secretsmanager:${region}:${owner}:secret:${name}-AbCdEf`;
  const secret = resource(
    types.secret,
    name,
    {
      name,
      arn,
      kmsKeyId: key.outputs["arn"],
      recoveryWindowInDays: 30,
      tags: { owner: "orders", "data-class": "confidential" },
    },
    { kmsKeyId: [key.urn] },
  );
  const reader = { AWS: "arn:aws:iam::222222222222:role/orders-service" };
  const read = { Effect: "Allow", Principal: reader, Action: "secretsmanager:GetSecretValue", Resource: "*" };
  const policy = document({ ...read, Condition: organization });
  const rotation = {
    secretId: arn,
    rotationLambdaArn: functionArn,
    rotationRules: { scheduleExpression: "rate(30 days)", duration: "2h" },
  };
  return [
    secret,
    resource(
      types.secretPolicy,
      name,
      { secretArn: arn, blockPublicPolicy: true, policy },
      { secretArn: [secret.urn] },
    ),
    resource(types.secretRotation, name, rotation, { secretId: [secret.urn] }),
  ];
}

function resource(
  type: string,
  name: string,
  outputs: Readonly<Record<string, unknown>>,
  from: Readonly<Record<string, readonly string[]>> = {},
): StackResource {
  const { arn: _, ...inputs } = outputs;
  return { type, name, urn: `urn:pulumi:dev::bench::${type}::${name}`, inputs, outputs, from };
}
