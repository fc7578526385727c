/** A group of Regions with its own accounts; nothing is shared or replicated between two. */
export type Partition = "aws" | "aws-cn" | "aws-us-gov";

const NAMES: Readonly<Record<Partition, string>> = {
  aws:
    "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 " +
    "ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 " +
    "ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 " +
    "eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2",
  "aws-cn": "cn-north-1 cn-northwest-1",
  "aws-us-gov": "us-gov-east-1 us-gov-west-1",
};

const PARTITIONS: ReadonlyMap<string, Partition> = new Map(
  Object.entries(NAMES).flatMap(([partition, names]) =>
    names.split(" ").map((name) => [name, partition as Partition] as const),
  ),
);

/**
 * Whether AWS has a Region of this name.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const isRegion = (name: string): boolean => PARTITIONS.has(name);

/** The partition a Region belongs to; `aws` for a name that {@link isRegion} does not know. */
export const partitionOf = (region: string): Partition => PARTITIONS.get(region) ?? "aws";

/**
 * The value of `kms:ViaService` when Secrets Manager of a Region uses a key on a caller's behalf.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function secretsManagerHost(region: string): string {
  const suffix = partitionOf(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `secretsmanager.${region}.${suffix}`;
}
