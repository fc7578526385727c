import { compilePolicy, Statement } from "../../iam";
import { AccessWorld, Key, NamedPrincipal, Secret } from "../../iam/proof";

const ORGANIZATION = "o-strongroom";
const OWNER = "111111111111";
const ACCOUNTS = 20;
const REGION = "eu-west-1";
const READERS_OF_A_SECRET = 3;
const SECRETS_OF_A_KEY = 10;

/**
 * An organisation of twenty member accounts with service control policies and resource control policies; secrets with a
 * policy each, read by a few roles of other accounts, only through their endpoint; a key for ten secrets.
 */
export function accessWorld(secretCount: number, principalCount: number): AccessWorld {
  const accountIds = Array.from({ length: ACCOUNTS }, (_, index) => String(200_000_000_000 + index));
  const scp = attached("SCP", everything, outsideRegions);
  const rcp = attached("RCP", { ...everything, Principal: "*" }, outsiders);
  const full = attached("FullAWSAccess", everything);
  const readersOf = (secret: number) =>
    Array.from({ length: READERS_OF_A_SECRET }, (_, index) => (secret * 7 + index * 13) % principalCount);
  const readings = readingsOf(secretCount, readersOf);
  const accountOf = (principal: number) => accountIds[principal % ACCOUNTS]!;
  return {
    organization: { id: ORGANIZATION, managementAccountId: "999999999999", rootScps: [full] },
    accounts: [OWNER, ...accountIds].map((id) => ({
      id,
      organizationPath: `${ORGANIZATION}/r-ab12/`,
      scps: [[full], [scp]],
      rcps: [[rcp]],
    })),
    principals: Array.from({ length: principalCount }, (_, index) =>
      principal(index, accountOf(index), readings.get(index) ?? []),
    ),
    secrets: Array.from({ length: secretCount }, (_, index) =>
      secret(
        index,
        readersOf(index).map((reader) => roleArn(reader, accountOf(reader))),
      ),
    ),
    keys: Array.from({ length: Math.ceil(secretCount / SECRETS_OF_A_KEY) }, (_, index) => key(index)),
    endpoints: accountIds.map((accountId, index) => ({
      id: `vpce-${index}`,
      vpcId: `vpc-${index}`,
      accountId,
      region: REGION,
      service: "secretsmanager",
      policy: attached("endpoint policy", { ...everything, Principal: "*", ...ofOrganization }),
    })),
    functions: [],
  };
}

/** By reader the secrets that it reads. */
function readingsOf(secretCount: number, readersOf: (secret: number) => readonly number[]) {
  const readings = new Map<number, number[]>();
  for (let secret = 0; secret < secretCount; secret++) {
    for (const reader of readersOf(secret)) readings.set(reader, [...(readings.get(reader) ?? []), secret]);
  }
  return readings;
}

const everything: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
const ofOrganization = { Condition: { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } } };
const outsideRegions: Statement = {
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { StringNotEquals: { "aws:RequestedRegion": [REGION, "eu-central-1"] } },
};
const outsiders: Statement = {
  Effect: "Deny",
  Principal: "*",
  Action: ["secretsmanager:*", "kms:*"],
  Resource: "*",
  Condition: {
    StringNotEqualsIfExists: { "aws:PrincipalOrgID": ORGANIZATION },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  },
};

function principal(index: number, accountId: string, secrets: readonly number[]): NamedPrincipal {
  const statements: readonly Statement[] = [
    {
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: secrets.length === 0 ? [secretArn(-1)] : secrets.map(secretArn),
    },
    {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:${REGION}:${OWNER}:key/*`,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${REGION}.amazonaws.com` } },
    },
  ];
  return {
    kind: "role",
    arn: roleArn(index, accountId),
    accountId,
    tags: { team: `team-${index % 50}` },
    identity: [attached(`policy of role ${index}`, ...statements)],
    boundary: attached(`boundary of role ${index}`, everything),
  };
}

function secret(index: number, readers: readonly string[]): Secret {
  const policy = attached(
    `policy of secret ${index}`,
    {
      Effect: "Allow",
      Principal: { AWS: readers },
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
      ...ofOrganization,
    },
    {
      Effect: "Deny",
      Principal: "*",
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
      Condition: {
        StringNotEqualsIfExists: {
          "aws:SourceVpce": [`vpce-${index % ACCOUNTS}`, `vpce-${(index + 1) % ACCOUNTS}`],
        },
        BoolIfExists: { "aws:ViaAWSService": "false" },
      },
    },
  );
  const copy = {
    region: REGION,
    accountId: OWNER,
    arn: secretArn(index),
    policy,
    key: keyArn(Math.floor(index / SECRETS_OF_A_KEY)),
    tags: {},
  };
  return { id: `secret-${index}`, name: `team/secret-${index}`, copies: [copy] };
}

function key(index: number): Key {
  const statements: readonly Statement[] = [
    { Effect: "Allow", Principal: { AWS: OWNER }, Action: "kms:*", Resource: "*" },
    {
      Effect: "Allow",
      Principal: "*",
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: {
        StringEquals: {
          "aws:PrincipalOrgID": ORGANIZATION,
          "kms:ViaService": `secretsmanager.${REGION}.amazonaws.com`,
        },
        StringLike: { "kms:EncryptionContext:SecretARN": `arn:aws:secretsmanager:*:${OWNER}:secret:*` },
      },
    },
  ];
  const policy = attached(`policy of key ${index}`, ...statements);
  return { arn: keyArn(index), accountId: OWNER, policy, grants: [], aliases: [], tags: {} };
}

function attached(source: string, ...statements: readonly Statement[]) {
  return { source, policy: compilePolicy({ Version: "2012-10-17", Statement: statements }) };
}

function secretArn(index: number): string {
  return `arn:aws:secretsmanager:${REGION}:${OWNER}:secret:team/secret-${index}-AbCdEf`;
}

function keyArn(index: number): string {
  return `arn:aws:kms:${REGION}:${OWNER}:key/00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
}

function roleArn(index: number, accountId: string): string {
  return `arn:aws:iam::${accountId}:role/service/role-${index}`;
}
