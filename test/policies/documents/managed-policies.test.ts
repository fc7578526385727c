import { strict as assert } from "assert";
import { compilePolicy, decide } from "../../../iam";
import { managedPolicy, managedPolicyName } from "../../../policies/documents/managed-policies";

const arn = (path: string, partition = "aws") => `arn:${partition}:iam::aws:policy/${path}`;

/** What each policy decides, by AWS's own text. */
const decisions: readonly (readonly [
  policy: string,
  action: string,
  resource: string,
  context: object,
  allowed: boolean,
])[] = [
  ["AdministratorAccess", "kms:Decrypt", "*", {}, true],
  ["PowerUserAccess", "secretsmanager:GetSecretValue", "*", {}, true],
  ["PowerUserAccess", "iam:PutRolePolicy", "*", {}, false],
  ["PowerUserAccess", "iam:DeleteServiceLinkedRole", "*", {}, true],
  ["PowerUserAccess", "account:GetAccountInformation", "*", {}, true],
  ["IAMFullAccess", "iam:PutRolePolicy", "*", {}, true],
  ["IAMFullAccess", "kms:Decrypt", "*", {}, false],
  ["SecretsManagerReadWrite", "secretsmanager:PutResourcePolicy", "*", {}, true],
  ["SecretsManagerReadWrite", "kms:Decrypt", "*", {}, false],
  [
    ...(["SecretsManagerReadWrite", "lambda:InvokeFunction"] as const),
    ...(["arn:aws:lambda:eu-west-1:111111111111:function:SecretsManagerOrders", {}, true] as const),
  ],
  [
    ...(["SecretsManagerReadWrite", "lambda:InvokeFunction"] as const),
    ...(["arn:aws:lambda:eu-west-1:111111111111:function:orders", {}, false] as const),
  ],
  ["AWSLambda_FullAccess", "iam:PassRole", "*", { "iam:passedtoservice": ["lambda.amazonaws.com"] }, true],
  ["AWSLambda_FullAccess", "iam:PassRole", "*", { "iam:passedtoservice": ["ec2.amazonaws.com"] }, false],
  ["AmazonSSMFullAccess", "ssm:GetParameter", "*", {}, true],
  ["AmazonSSMReadOnlyAccess", "ssm:PutParameter", "*", {}, false],
  ["AmazonSSMManagedInstanceCore", "ssm:GetParameters", "*", {}, true],
  ["AmazonSSMManagedInstanceCore", "ssm:GetParametersByPath", "*", {}, false],
  ["AWSCloudTrail_FullAccess", "cloudtrail:StopLogging", "*", {}, true],
  [
    "AWSCloudTrail_FullAccess",
    "iam:PassRole",
    "*",
    { "iam:passedtoservice": ["lambda.amazonaws.com"] },
    false,
  ],
  ["AmazonS3FullAccess", "s3:GetObject", "*", {}, true],
  ["AmazonDynamoDBFullAccess", "lambda:CreateFunction", "*", {}, true],
  ["AmazonDynamoDBFullAccess", "lambda:UpdateFunctionCode", "*", {}, false],
  ["service-role/AWSLambdaBasicExecutionRole", "logs:PutLogEvents", "*", {}, true],
  ["service-role/AWSLambdaVPCAccessExecutionRole", "ec2:CreateNetworkInterface", "*", {}, true],
  ["service-role/AWSLambdaENIManagementAccess", "logs:PutLogEvents", "*", {}, false],
  ["service-role/AWSLambdaSQSQueueExecutionRole", "sqs:ReceiveMessage", "*", {}, true],
  ["service-role/AmazonECSTaskExecutionRolePolicy", "secretsmanager:GetSecretValue", "*", {}, false],
  ["AWSXRayDaemonWriteAccess", "xray:PutTraceSegments", "*", {}, true],
  ["AWSXrayWriteOnlyAccess", "xray:GetTraceSummaries", "*", {}, false],
];

const names: readonly (readonly [string, string | undefined, boolean])[] = [
  [arn("AdministratorAccess"), "AdministratorAccess", true],
  [arn("AdministratorAccess", "aws-cn"), "AdministratorAccess", true],
  [arn("service-role/AWSLambdaBasicExecutionRole"), "AWSLambdaBasicExecutionRole", true],
  [arn("AWSLambdaBasicExecutionRole"), "AWSLambdaBasicExecutionRole", false],
  [arn("job-function/Billing"), "Billing", false],
  [arn("toString"), "toString", false],
  ["arn:aws:iam::111111111111:policy/AdministratorAccess", undefined, false],
  ["AdministratorAccess", undefined, false],
];

describe("AWS's own policies", () => {
  for (const [name, action, on, context, allowed] of decisions) {
    it(`${name} ${allowed ? "allows" : "does not allow"} ${action} on ${on} ${Object.values(context)}`, () => {
      const policy = compilePolicy(managedPolicy(arn(name))!);
      const principal = { kind: "role", arn: "arn:aws:iam::111111111111:role/a", accountId: "111111111111" };
      const request = { principal, action, resource: { arn: on, accountId: "111111111111" }, context };
      const decision = decide(request as never, { identity: [{ source: name, policy }] } as never);
      assert.equal(decision.allowed, allowed);
    });
  }

  it("say nothing but Deny in AWSDenyAll", () => {
    assert.deepEqual(managedPolicy(arn("AWSDenyAll")), {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
    });
  });

  for (const [text, name, isKnown] of names) {
    it(`${text} is ${name ?? "none of them"}, ${isKnown ? "known" : "not known"}`, () => {
      assert.deepEqual([managedPolicyName(text), managedPolicy(text) !== undefined], [name, isKnown]);
    });
  }
});
