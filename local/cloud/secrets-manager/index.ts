import { Service, ServiceHost } from "../core/operation";
import { batchGetSecretValue } from "./batch-get-secret-value";
import { cancelRotateSecret } from "./cancel-rotation";
import { createSecret } from "./create-secret";
import { deleteDueSecrets, deleteSecret, restoreSecret } from "./delete-secret";
import { describeSecret, listSecretVersionIds } from "./describe-secret";
import { getSecretValue } from "./get-secret-value";
import { listSecrets } from "./list-secrets";
import { putSecretValue } from "./put-secret-value";
import { quotas } from "./quotas";
import { getRandomPassword } from "./random-password";
import {
  removeRegionsFromReplication,
  replicateSecretToRegions,
  stopReplicationToReplica,
} from "./replicate-secret";
import {
  deleteResourcePolicy,
  getResourcePolicy,
  putResourcePolicy,
  validateResourcePolicy,
} from "./resource-policy";
import { rotateSecret } from "./rotate-secret";
import { rememberHost, runDueRotations } from "./rotation-run";
import { queueScheduledRotations } from "./scheduled-rotations";
import { tagResource, untagResource } from "./tags";
import { updateSecret } from "./update-secret";
import { recorded } from "./trail";
import { updateSecretVersionStage } from "./update-version-stage";

/** AWS Secrets Manager, every operation of its public API. */
export const service: Service = {
  signingName: "secretsmanager",
  eventSource: "secretsmanager.amazonaws.com",
  protocol: { kind: "aws-json", version: "1.1", targetPrefix: "secretsmanager", messageMember: "Message" },
  operations: [
    batchGetSecretValue,
    cancelRotateSecret,
    createSecret,
    deleteResourcePolicy,
    deleteSecret,
    describeSecret,
    getRandomPassword,
    getResourcePolicy,
    getSecretValue,
    listSecretVersionIds,
    listSecrets,
    putResourcePolicy,
    putSecretValue,
    removeRegionsFromReplication,
    replicateSecretToRegions,
    restoreSecret,
    rotateSecret,
    stopReplicationToReplica,
    tagResource,
    untagResource,
    updateSecret,
    updateSecretVersionStage,
    validateResourcePolicy,
  ].map(recorded),
  quotas,
  tick(host: ServiceHost) {
    rememberHost(host);
    deleteDueSecrets(host);
    queueScheduledRotations(host);
    runDueRotations(host);
  },
};
