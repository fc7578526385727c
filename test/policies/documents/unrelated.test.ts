import { strict as assert } from "assert";
import { unrelatedArns } from "../../../policies/documents/unrelated";

const n = "strongroom-unrelated";
const regional = (service: string) => `arn:aws-cn:${service}:cn-north-1:111111111111`;

describe("things that no policy is about", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["secretsmanager:GetSecretValue", [`${regional("secretsmanager")}:secret:${n}-Zz9Zz9`]],
    [
      "kms:Decrypt",
      [
        `${regional("kms")}:key/7d3c1a52-0f4e-4a8b-9c6d-2e5f8a1b3c4d`,
        `${regional("kms")}:key/mrk-7d3c1a520f4e4a8b9c6d2e5f8a1b3c4d`,
      ],
    ],
    ["ssm:GetParameter", [`${regional("ssm")}:parameter/${n}`]],
    [
      "iam:PassRole",
      ["role", "user", "group", "policy"].map((kind) => `arn:aws-cn:iam::111111111111:${kind}/${n}`),
    ],
    ["sts:AssumeRole", [`arn:aws-cn:iam::111111111111:role/${n}`]],
    ["s3:GetObject", [`arn:aws-cn:s3:::${n}`, `arn:aws-cn:s3:::${n}/object`]],
    ["dynamodb:GetItem", [`${regional("dynamodb")}:table/${n}`]],
    ["lambda:InvokeFunction", [`${regional("lambda")}:function:${n}`]],
    ["sqs:SendMessage", [`${regional("sqs")}:${n}`]],
    ["sns:Publish", [`${regional("sns")}:${n}`]],
    ["ecr:BatchGetImage", [`${regional("ecr")}:repository/${n}`]],
    [
      "ec2:RunInstances",
      ["instance/i-0123456789abcdef0", "snapshot/snap-0123456789abcdef0", "image/ami-0123456789abcdef0"].map(
        (one) => `${regional("ec2")}:${one}`,
      ),
    ],
    [
      "rds:CopyDBSnapshot",
      [
        `${regional("rds")}:snapshot:${n}`,
        `${regional("rds")}:cluster-snapshot:${n}`,
        `${regional("rds")}:db:${n}`,
      ],
    ],
    ["rds-db:connect", [`${regional("rds-db")}:dbuser:cluster-UNRELATED/${n}`]],
    [
      "redshift:GetClusterCredentials",
      [`${regional("redshift")}:dbuser:${n}/${n}`, `${regional("redshift")}:dbname:${n}/${n}`],
    ],
    [
      "redshift-serverless:GetCredentials",
      [`${regional("redshift-serverless")}:workgroup/7d3c1a52-0f4e-4a8b-9c6d-2e5f8a1b3c4d`],
    ],
    ["glue:StartJobRun", [`${regional("glue")}:${n}`, `${regional("glue")}:thing/${n}`]],
  ];
  for (const [action, arns] of cases) {
    it(`for ${action}`, () => {
      const place = { partition: "aws-cn", region: "cn-north-1", accountId: "111111111111" };
      assert.deepEqual(unrelatedArns(action, place), arns);
    });
  }
});
