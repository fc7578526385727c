import { Resource } from "../../../../policies/stack/resource";
import { policy, resource } from "../../support/stack";

export const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
export const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/k-1";
export const readerArn = "arn:aws:iam::222222222222:role/app";
export const read = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" } as const;
export const decrypt = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" } as const;
export const readerAccount = { AWS: "arn:aws:iam::222222222222:root" };
export const only = (...principalArns: readonly string[]) => ({
  StringEquals: { "aws:PrincipalArn": principalArns },
});

/** One secret under one key of the owner's account, as a program without our components would write it. */
export function orders(
  secretPolicy: readonly object[],
  keyPolicy: readonly object[],
  tags: Readonly<Record<string, string>> = { "strongroom:readers": "222222222222:role/app" },
): readonly Resource[] {
  return [
    resource("key", "main", { props: { arn: keyArn, keyId: "k-1", policy: policy(...keyPolicy) } }),
    resource("secret", "orders", {
      props: { arn, name: "orders", kmsKeyId: keyArn, policy: policy(...secretPolicy), tags },
    }),
  ];
}

/** A role of an account with one inline policy. */
export function roleOf(
  account: string,
  name: string,
  statements: readonly object[],
  trust: object = { AWS: `arn:aws:iam::${account}:root` },
): readonly Resource[] {
  const assumeRolePolicy = policy({ Effect: "Allow", Principal: trust, Action: "sts:AssumeRole" });
  const props = { name, arn: `arn:aws:iam::${account}:role/${name}`, assumeRolePolicy };
  return [
    resource("role", name, { props, account }),
    resource("rolePolicy", name, {
      props: { name: "own", role: name, policy: policy(...statements) },
      account,
    }),
  ];
}

/** A secret of two Regions under AWS's own key, and roles of its account by what each may do. */
export function inTwoRegions(
  tags: Readonly<Record<string, string>>,
  roles: Readonly<Record<string, readonly object[]>>,
  secretPolicy: readonly object[] = [],
): readonly Resource[] {
  const document = secretPolicy.length === 0 ? {} : { policy: policy(...secretPolicy) };
  return [
    resource("secret", "orders", {
      props: { arn, name: "orders", replicas: [{ region: "eu-central-1" }], tags, ...document },
    }),
    ...Object.entries(roles).flatMap(([name, statements]) => roleOf("111111111111", name, statements)),
  ];
}
