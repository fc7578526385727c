import { strict as assert } from "assert";
import { documentLines } from "../../../cli/access/document-lines";
import { AccessRequest, AttachedPolicy, compilePolicy, PolicyWorld, Statement } from "../../../iam";

const request: AccessRequest = {
  principal: {
    kind: "role-session",
    accountId: "222222222222",
    roleArn: "arn:aws:iam::222222222222:role/app",
    sessionArn: "arn:aws:sts::222222222222:assumed-role/app/s",
  },
  action: "secretsmanager:GetSecretValue",
  resource: {
    arn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3",
    accountId: "111111111111",
  },
  context: { "aws:sourcevpc": "vpc-1" },
};

const read = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" } as const;
const attached = (source: string, ...Statement: readonly Statement[]): AttachedPolicy => ({
  source,
  policy: compilePolicy({ Version: "2012-10-17", Statement }),
});

const lines = (world: Partial<PolicyWorld>) => documentLines(request, { identity: [], ...world });

describe("what each document says about a request", () => {
  const cases: readonly {
    readonly name: string;
    readonly world: Partial<PolicyWorld>;
    readonly says: readonly string[];
  }[] = [
    {
      name: "names the statements that are about it",
      world: {
        identity: [
          attached(
            "role app",
            { ...read, Action: "kms:*" },
            { ...read, Sid: "Read" },
            { ...read, Effect: "Deny" },
          ),
        ],
      },
      says: ['identity policy (role app): Allow by "Read", Deny by statement 3'],
    },
    {
      name: "says when none is",
      world: { identity: [attached("role app", { ...read, Action: "kms:*" })] },
      says: ["identity policy (role app): says nothing about it"],
    },
    {
      name: "looks at principals and conditions",
      world: {
        resource: attached(
          "secret",
          { ...read, Principal: { AWS: "333333333333" } },
          {
            ...read,
            Principal: { AWS: "222222222222" },
            Condition: { StringEquals: { "aws:SourceVpc": "vpc-2" } },
          },
          {
            ...read,
            Principal: { AWS: "222222222222" },
            Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } },
          },
        ),
      },
      says: ["resource policy (secret): Allow by statement 3"],
    },
    {
      name: "takes NotPrincipal with Allow for nobody, as AWS does",
      world: { resource: attached("secret", { ...read, NotPrincipal: { AWS: "333333333333" } }) },
      says: ["resource policy (secret): says nothing about it"],
    },
    {
      name: "lists every kind, grants too",
      world: {
        rcps: [[attached("rcp", { ...read, Principal: "*" })]],
        scps: [[attached("scp", read)], [attached("scp of account", read)]],
        endpoint: attached("endpoint", { ...read, Principal: "*" }),
        boundary: attached("boundary", read),
        session: [attached("session", read)],
        grants: [{ grantId: "g-1", granteePrincipal: "arn:app", operations: ["Decrypt"] }],
      },
      says: [
        "resource control policy (rcp): Allow by statement 1",
        "service control policy (scp): Allow by statement 1",
        "service control policy (scp of account): Allow by statement 1",
        "VPC endpoint policy (endpoint): Allow by statement 1",
        "permissions boundary (boundary): Allow by statement 1",
        "session policy (session): Allow by statement 1",
        "grant g-1: Decrypt for arn:app",
      ],
    },
  ];
  for (const { name, world, says } of cases) it(name, () => assert.deepEqual(lines(world), says));
});
