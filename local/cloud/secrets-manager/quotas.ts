import { Quota } from "../core/quotas";

/**
 * Calls a second that an account has in a Region, as far as AWS publishes them.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 */
export const quotas: readonly Quota[] = [
  { operations: ["DescribeSecret", "GetSecretValue"], perSecond: 10_000 },
  {
    operations: ["DeleteResourcePolicy", "GetResourcePolicy", "PutResourcePolicy", "ValidateResourcePolicy"],
    perSecond: 50,
  },
  {
    operations: [
      "PutSecretValue",
      "RemoveRegionsFromReplication",
      "ReplicateSecretToRegions",
      "StopReplicationToReplica",
      "UpdateSecret",
      "UpdateSecretVersionStage",
    ],
    perSecond: 50,
  },
];
