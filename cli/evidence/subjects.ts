import { types } from "../../policies/stack/resource";
import { Rule } from "../../policies/rule";

/** Beginnings of the resource types that a family of rules judges; a family that is not here judges what it looks at. */
const families: Readonly<Record<string, readonly string[]>> = {
  SM: ["aws:secretsmanager/"],
  REACH: ["aws:secretsmanager/"],
  KMS: ["aws:kms/"],
  IAM: ["aws:iam/"],
  LAM: ["aws:lambda/"],
  VPCE: ["aws:ec2/vpcEndpoint"],
  DB: [
    "aws:rds/",
    "aws:docdb/",
    "aws:neptune/",
    "aws:redshift/",
    "aws:redshiftserverless/",
    "aws:elasticache/",
  ],
  SSM: ["aws:ssm/"],
  CT: ["aws:cloudtrail/", "aws:cloudwatch/"],
};

/** Whether a resource of this type is what the rule is about: a rule on secrets looks at keys, but does not judge them. */
export function isSubject({ code }: Pick<Rule, "code">, type: string): boolean {
  const family = families[code.replace(/-.*$/, "")];
  return family === undefined ? type !== types.stack : family.some((start) => type.startsWith(start));
}
