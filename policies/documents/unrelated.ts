import { Place } from "../stack/place";

const name = "strongroom-unrelated";

/** ARNs of things that no policy is about, for the service of an action; a statement that allows them allows all. */
export function unrelatedArns(action: string, place: Place): readonly string[] {
  const service = action.split(":")[0] ?? "";
  const make = makers[service] ?? ((at: string) => [`${at}:${name}`, `${at}:thing/${name}`]);
  const region = ["iam", "s3", "sts"].includes(service) ? "" : place.region;
  const arnService = service === "sts" ? "iam" : service;
  const account = service === "s3" ? "" : place.accountId;
  return make(`arn:${place.partition}:${arnService}:${region}:${account}`);
}

const makers: Readonly<Record<string, (at: string) => readonly string[]>> = {
  secretsmanager: (at) => [`${at}:secret:${name}-Zz9Zz9`],
  kms: (at) => [
    `${at}:key/7d3c1a52-0f4e-4a8b-9c6d-2e5f8a1b3c4d`,
    `${at}:key/mrk-7d3c1a520f4e4a8b9c6d2e5f8a1b3c4d`,
  ],
  ssm: (at) => [`${at}:parameter/${name}`],
  iam: (at) => ["role", "user", "group", "policy"].map((kind) => `${at}:${kind}/${name}`),
  sts: (at) => [`${at}:role/${name}`],
  s3: (at) => [`${at}:${name}`, `${at}:${name}/object`],
  dynamodb: (at) => [`${at}:table/${name}`],
  lambda: (at) => [`${at}:function:${name}`],
  sqs: (at) => [`${at}:${name}`],
  sns: (at) => [`${at}:${name}`],
  ecr: (at) => [`${at}:repository/${name}`],
  ec2: (at) =>
    ["instance/i-0123456789abcdef0", "snapshot/snap-0123456789abcdef0", "image/ami-0123456789abcdef0"].map(
      (one) => `${at}:${one}`,
    ),
  rds: (at) => [`${at}:snapshot:${name}`, `${at}:cluster-snapshot:${name}`, `${at}:db:${name}`],
  "rds-db": (at) => [`${at}:dbuser:cluster-UNRELATED/${name}`],
  redshift: (at) => [`${at}:dbuser:${name}/${name}`, `${at}:dbname:${name}/${name}`],
  "redshift-serverless": (at) => [`${at}:workgroup/7d3c1a52-0f4e-4a8b-9c6d-2e5f8a1b3c4d`],
};
