import { Operation } from "../core/operation";
import { boolean, Infer, integer, optional, structure } from "../core/shape";
import { onSecret } from "./authorization";
import { findSecret } from "./find-secret";
import { pageOf } from "./page";
import { replicationStatus } from "./replication-status";
import { present, secretEntry, stagesByVersion } from "./secret-entry";
import { keyArnOf } from "./secret-value";
import * as shapes from "./shapes";

const describeInput = shapes.justSecret();
const versionsInput = structure({
  SecretId: shapes.secretId(),
  MaxResults: optional(integer({ min: 1, max: 100 })),
  NextToken: optional(shapes.nextToken()),
  IncludeDeprecated: optional(boolean()),
});

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
export const describeSecret: Operation<Infer<typeof describeInput>> = {
  name: "DescribeSecret",
  input: describeInput,
  authorize: (request, call) => [onSecret(call, "DescribeSecret", request.SecretId)],
  run(request, call) {
    const secret = findSecret(call, request.SecretId);
    return {
      ...secretEntry(secret),
      ...present({
        VersionIdsToStages: stagesByVersion(secret),
        ReplicationStatus: replicationStatus(call.store, secret),
      }),
    };
  },
  trail: { readOnly: true },
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html */
export const listSecretVersionIds: Operation<Infer<typeof versionsInput>> = {
  name: "ListSecretVersionIds",
  input: versionsInput,
  authorize: (request, call) => [onSecret(call, "ListSecretVersionIds", request.SecretId)],
  run(request, call) {
    const secret = findSecret(call, request.SecretId);
    const versions = Object.entries(secret.versions).filter(
      ([, { stages }]) => stages.length > 0 || request.IncludeDeprecated === true,
    );
    const { items, rest } = pageOf(versions, request, 100);
    return {
      Versions: items.map(([id, version]) => {
        const keyArn = keyArnOf(call.store, secret.arn, id);
        return present({
          VersionId: id,
          VersionStages: version.stages.length > 0 ? version.stages : undefined,
          LastAccessedDate: version.accessedAt === undefined ? undefined : new Date(version.accessedAt),
          CreatedDate: new Date(version.createdAt),
          KmsKeyIds: keyArn === undefined ? undefined : [keyArn],
        });
      }),
      ARN: secret.arn,
      Name: secret.name,
      ...rest,
    };
  },
  trail: { readOnly: true },
};
