import {
  AccessRequest,
  AttachedPolicy,
  compilePolicy,
  PolicyDocument,
  PolicyWorld,
  Statement,
} from "../../iam";

const SECRETS_ACCOUNT = "111111111111";
const ORDERS_ACCOUNT = "222222222222";
const SECRET = `arn:aws:secretsmanager:eu-west-1:${SECRETS_ACCOUNT}:secret:orders/database-AbCdEf`;
const ROLE = `arn:aws:iam::${ORDERS_ACCOUNT}:role/orders-service`;
const ENDPOINT = "vpce-0a0000000000000a1";

function attach(source: string, ...Statement: readonly Statement[]): AttachedPolicy {
  const document: PolicyDocument = { Version: "2012-10-17", Statement };
  return { source, policy: compilePolicy(document) };
}

const everything = attach("FullAWSAccess", { Effect: "Allow", Action: "*", Resource: "*" });

/** Every kind of document that can bear on a cross-account read, as a real organisation would have them. */
export const world: PolicyWorld = {
  identity: [
    attach("inline policy read of role orders-service", {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: `arn:aws:secretsmanager:*:${SECRETS_ACCOUNT}:secret:orders/database-??????`,
    }),
    attach("inline policy decrypt of role orders-service", {
      Sid: "Decrypt",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:*:${SECRETS_ACCOUNT}:key/mrk-*`,
      Condition: { StringLike: { "kms:ViaService": "secretsmanager.*.amazonaws.com" } },
    }),
  ],
  boundary: attach("permissions boundary workload", {
    Effect: "Allow",
    Action: ["secretsmanager:Get*", "secretsmanager:Describe*", "kms:*", "logs:*"],
    Resource: "*",
  }),
  session: [
    attach("session policy", {
      Effect: "Allow",
      Action: "secretsmanager:*",
      Resource: `arn:aws:secretsmanager:*:*:secret:\${aws:PrincipalTag/team, 'orders'}/*`,
    }),
  ],
  resource: attach(
    "policy of secret orders/database",
    {
      Sid: "Read",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ORDERS_ACCOUNT}:root` },
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": ROLE },
        StringEquals: { "aws:PrincipalOrgID": "o-strongroom", "aws:SourceVpc": "vpc-0a0000000000000a1" },
      },
    },
    {
      Sid: "OnlyOverTls",
      Effect: "Deny",
      Principal: "*",
      Action: "secretsmanager:*",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "OnlyFromTheVpcs",
      Effect: "Deny",
      Principal: "*",
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
      Condition: {
        StringNotEquals: { "aws:SourceVpc": ["vpc-0a0000000000000a1", "vpc-0a0000000000000a2"] },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ),
  endpoint: attach("policy of the VPC endpoint", {
    Effect: "Allow",
    Principal: "*",
    Action: "secretsmanager:*",
    Resource: "*",
    Condition: {
      StringEquals: { "aws:PrincipalOrgID": "o-strongroom", "aws:ResourceOrgID": "o-strongroom" },
    },
  }),
  scps: [
    [
      everything,
      attach("service control policy regions", {
        Sid: "Regions",
        Effect: "Deny",
        NotAction: ["iam:*", "sts:*", "organizations:*"],
        Resource: "*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
      }),
    ],
    [everything],
  ],
  rcps: [
    [
      everything,
      attach("resource control policy organisation", {
        Sid: "OnlyTheOrganisation",
        Effect: "Deny",
        Principal: "*",
        Action: ["secretsmanager:*", "kms:*"],
        Resource: "*",
        Condition: {
          StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-strongroom" },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      }),
    ],
    [everything],
  ],
};

function request(name: string, vpc: string): AccessRequest {
  return {
    principal: {
      kind: "role-session",
      accountId: ORDERS_ACCOUNT,
      roleArn: `arn:aws:iam::${ORDERS_ACCOUNT}:role/${name}`,
      sessionArn: `arn:aws:sts::${ORDERS_ACCOUNT}:assumed-role/${name}/task`,
    },
    action: "secretsmanager:GetSecretValue",
    resource: { arn: SECRET, accountId: SECRETS_ACCOUNT },
    context: {
      "aws:principalarn": `arn:aws:iam::${ORDERS_ACCOUNT}:role/${name}`,
      "aws:principalaccount": ORDERS_ACCOUNT,
      "aws:principalorgid": "o-strongroom",
      "aws:principaltype": "AssumedRole",
      "aws:principalisawsservice": "false",
      "aws:resourceaccount": SECRETS_ACCOUNT,
      "aws:resourceorgid": "o-strongroom",
      "aws:requestedregion": "eu-west-1",
      "aws:securetransport": "true",
      "aws:sourcevpc": vpc,
      "aws:sourcevpce": ENDPOINT,
      "secretsmanager:secretid": SECRET,
    },
  };
}

/** Half of them denied: one by the missing role, one by the explicit deny on the VPC. */
export const requests = [
  request("orders-service", "vpc-0a0000000000000a1"),
  request("orders-reporting", "vpc-0a0000000000000a1"),
  request("orders-service", "vpc-0a0000000000000a1"),
  request("orders-service", "vpc-0b0000000000000b1"),
];
