import { strict as assert } from "assert";
import { AccessWorld, proveAccess } from "../../../iam/proof";
import { Statement } from "../../../iam";
import { allow, attached, deny } from "../worlds";
import {
  BILLING,
  decrypting,
  key,
  KEY,
  mayRead,
  ORDERS,
  reading,
  role,
  secret,
  SECRET,
  SECRETS,
  whoText,
  world,
} from "./access-worlds";

const trust = (Principal: Statement["Principal"]) =>
  attached("trust policy", { Effect: "Allow", Principal, Action: "sts:AssumeRole" });
const may = (Action: string | readonly string[], Resource: string | readonly string[]) => [
  attached("inline policy", allow({ Action, Resource })),
];
const reader = role("reader", { accountId: SECRETS, identity: [mayRead], trust: trust({ AWS: SECRETS }) });
const FUNCTION = `arn:aws:lambda:eu-west-1:${SECRETS}:function:rotate`;
const own = (name: string, actions: string | readonly string[], resource: string) =>
  role(name, {
    accountId: SECRETS,
    identity: may(actions, resource),
    trust: trust({ Service: "ec2.amazonaws.com" }),
  });

function paths(given: AccessWorld): readonly string[] {
  const { indirect } = proveAccess(given).secret("orders/database");
  return indirect.map(({ who, path, reader: end }) => {
    const steps = path.map(({ by, on }) => `${by} on ${on.slice(on.lastIndexOf(":") + 1)}`);
    return `${whoText(who)}: ${steps.join(", ")} -> ${whoText(end)}`;
  });
}

const cases: readonly {
  readonly name: string;
  readonly given: AccessWorld;
  readonly found: readonly string[];
}[] = [
  { name: "nobody", given: world({ principals: [reader] }), found: [] },
  {
    name: "who assumes the reader",
    given: world({ principals: [reader, own("x", "sts:AssumeRole", reader.arn)] }),
    found: [`${SECRETS}:role/x: sts:AssumeRole on role/reader -> ${SECRETS}:role/reader`],
  },
  {
    name: "not who may assume and is not trusted",
    given: world({
      principals: [{ ...reader, trust: trust({ AWS: BILLING }) }, own("x", "sts:AssumeRole", reader.arn)],
    }),
    found: [`others of ${BILLING}: sts:AssumeRole on role/reader -> ${SECRETS}:role/reader`],
  },
  {
    name: "who changes the trust",
    given: world({ principals: [reader, own("x", "iam:UpdateAssumeRolePolicy", reader.arn)] }),
    found: [`${SECRETS}:role/x: iam:UpdateAssumeRolePolicy on role/reader -> ${SECRETS}:role/reader`],
  },
  {
    name: "who changes the code of a function with the reader's role",
    given: world({
      principals: [reader, own("x", "lambda:UpdateFunctionCode", FUNCTION)],
      functions: [{ arn: FUNCTION, accountId: SECRETS, roleArn: reader.arn }],
    }),
    found: [
      `${SECRETS}:role/x: lambda:UpdateFunctionCode on ${FUNCTION} on role/reader -> ${SECRETS}:role/reader`,
    ],
  },
  {
    name: "who makes a function with the reader's role",
    given: world({
      principals: [
        { ...reader, trust: trust({ Service: "lambda.amazonaws.com" }) },
        own("x", ["iam:PassRole", "lambda:CreateFunction"], "*"),
        own("y", ["iam:PassRole"], "*"),
      ],
    }),
    found: [
      `${SECRETS}:role/x: iam:PassRole and lambda:CreateFunction on role/reader -> ${SECRETS}:role/reader`,
    ],
  },
  {
    name: "who writes the policies of a role",
    given: world({ principals: [own("x", "iam:PutRolePolicy", `arn:aws:iam::${SECRETS}:role/x`)] }),
    found: [`${SECRETS}:role/x: iam:PutRolePolicy on role/x -> ${SECRETS}:role/x`],
  },
  {
    name: "who writes the secret's policy, and who assumes that role",
    given: world({
      principals: [
        role("x", {
          accountId: SECRETS,
          identity: [
            attached(
              "p",
              allow({ Action: "secretsmanager:PutResourcePolicy", Resource: SECRET }),
              allow({ Action: "kms:Decrypt", Resource: KEY }),
            ),
          ],
          trust: trust({ AWS: SECRETS }),
        }),
        own("y", "sts:AssumeRole", `arn:aws:iam::${SECRETS}:role/x`),
      ],
    }),
    found: [
      `${SECRETS}:role/x: secretsmanager:PutResourcePolicy on orders/database-AbCdEf -> ${SECRETS}:role/x`,
      `${SECRETS}:role/y: sts:AssumeRole on role/x, secretsmanager:PutResourcePolicy on orders/database-AbCdEf -> ${SECRETS}:role/x`,
    ],
  },
  {
    name: "who writes the key policy",
    given: world({
      principals: [
        role("x", {
          accountId: SECRETS,
          identity: [
            attached(
              "p",
              allow({ Action: "kms:PutKeyPolicy", Resource: KEY }),
              allow({ Action: "secretsmanager:GetSecretValue", Resource: SECRET }),
            ),
          ],
        }),
      ],
    }),
    found: [
      `${SECRETS}:role/x: kms:PutKeyPolicy on key/1234abcd-12ab-34cd-56ef-1234567890ab -> ${SECRETS}:role/x`,
    ],
  },
];

describe("indirect readers", () => {
  for (const { name, given, found } of cases) {
    it(name, () => assert.deepEqual(paths(given), found));
  }
});

describe("a reader that cannot read", () => {
  const api = role("api", { identity: [mayRead] });
  const refusal = (given: AccessWorld) => {
    const found = proveAccess(given).refusal("orders/database", "eu-west-1", api.arn);
    const decision = found?.denied.decision;
    return decision?.allowed === false ? [found!.denied.request.action, decision.because.kind] : undefined;
  };

  it("is refused by the first document that says no", () => {
    const withPolicy = [secret([reading({ AWS: api.arn })])];
    const boundary = attached("boundary", allow(), deny({ Action: "secretsmanager:*" }));
    assert.deepEqual(
      [
        refusal(world({ principals: [api] })),
        refusal(world({ principals: [api], secrets: withPolicy })),
        refusal(world({ principals: [{ ...api, boundary }], secrets: withPolicy })),
        refusal(
          world({ principals: [api], secrets: withPolicy, keys: [key([decrypting({ AWS: ORDERS })])] }),
        ),
      ],
      [
        ["secretsmanager:GetSecretValue", "no-resource-policy"],
        ["kms:Decrypt", "key-policy-does-not-delegate"],
        ["secretsmanager:GetSecretValue", "explicit-deny"],
        undefined,
      ],
    );
  });

  it("must be of the world", () => {
    assert.throws(
      () => proveAccess(world()).refusal("orders/database", "eu-west-1", api.arn),
      /there is no principal/,
    );
  });
});

describe("a replayed call", () => {
  const api = role("api", { identity: [mayRead] });
  const condition = { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } };
  const proof = proveAccess(
    world({
      principals: [api],
      secrets: [secret([reading({ AWS: api.arn }, condition)])],
      keys: [key([decrypting({ AWS: ORDERS })])],
      endpoints: [
        { id: "vpce-1", vpcId: "vpc-1", accountId: ORDERS, region: "eu-west-1", service: "secretsmanager" },
      ],
    }),
  );
  const replay = (given: object) =>
    proof
      .replay({ secretId: "orders/database", principal: api.arn, ...given })
      .steps.map(({ decision }) => decision.allowed);

  it("is decided in the given circumstances, all its requests", () => {
    assert.deepEqual(
      [
        replay({}),
        replay({ endpointId: "vpce-1" }),
        replay({ context: { "AWS:SourceVpce": "vpce-1" } }),
        replay({ principal: `arn:aws:iam::${BILLING}:role/x`, endpointId: "vpce-1" }),
        replay({ principal: "anonymous" }),
      ],
      [
        [false, true],
        [true, true],
        [true, true],
        [false, false],
        [false, false],
      ],
    );
  });

  it("must be about what the world has", () => {
    assert.throws(() => replay({ endpointId: "vpce-9" }), /there is no VPC endpoint vpce-9/);
    assert.throws(() => replay({ region: "us-east-1" }), /has no copy in us-east-1/);
    assert.throws(() => replay({ principal: "arn:aws:s3:::x" }), /is no principal/);
    assert.throws(() => replay({ operation: "Nothing" }), /Nothing is not an operation/);
    assert.throws(() => proof.direct("none"), /there is no secret none/);
  });
});
