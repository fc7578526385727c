import { Service, ServiceHost } from "../core/operation";
import { createAlias, deleteAlias, listAliases, updateAlias } from "./aliases";
import { createKey } from "./create-key";
import { generateDataKey, generateDataKeyWithoutPlaintext, generateRandom } from "./data-keys";
import { disableKey, enableKey } from "./enable-key";
import { decrypt, encrypt, reEncrypt } from "./encrypt-decrypt";
import { retireGrant, revokeGrant } from "./grant-ends";
import { listGrants, listRetirableGrants } from "./grant-lists";
import { createGrant } from "./grants";
import { cancelKeyDeletion, deleteDueKeys, scheduleKeyDeletion } from "./key-deletion";
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from "./key-policies";
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus, rotateDueKeys } from "./key-rotation";
import { describeKey, listKeys, updateKeyDescription } from "./keys";
import { replicateKey, updatePrimaryRegion } from "./replicate-key";
import { listResourceTags, tagResource, untagResource } from "./tags";
import { recorded } from "./trail";

/** AWS KMS for symmetric keys, single-Region and multi-Region. */
export const service: Service = {
  signingName: "kms",
  eventSource: "kms.amazonaws.com",
  protocol: { kind: "aws-json", version: "1.1", targetPrefix: "TrentService", messageMember: "message" },
  operations: [
    createKey,
    describeKey,
    listKeys,
    updateKeyDescription,
    enableKey,
    disableKey,
    scheduleKeyDeletion,
    cancelKeyDeletion,
    replicateKey,
    updatePrimaryRegion,
    enableKeyRotation,
    disableKeyRotation,
    getKeyRotationStatus,
    getKeyPolicy,
    putKeyPolicy,
    listKeyPolicies,
    createAlias,
    updateAlias,
    deleteAlias,
    listAliases,
    createGrant,
    listGrants,
    listRetirableGrants,
    revokeGrant,
    retireGrant,
    tagResource,
    untagResource,
    listResourceTags,
    encrypt,
    decrypt,
    reEncrypt,
    generateDataKey,
    generateDataKeyWithoutPlaintext,
    generateRandom,
  ].map(recorded),
  notModelled: [
    "ConnectCustomKeyStore",
    "CreateCustomKeyStore",
    "DeleteCustomKeyStore",
    "DeleteImportedKeyMaterial",
    "DeriveSharedSecret",
    "DescribeCustomKeyStores",
    "DisconnectCustomKeyStore",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateMac",
    "GetKeyLastUsage",
    "GetParametersForImport",
    "GetPublicKey",
    "ImportKeyMaterial",
    "ListKeyRotations",
    "RotateKeyOnDemand",
    "Sign",
    "UpdateCustomKeyStore",
    "Verify",
    "VerifyMac",
  ],
  tick(host: ServiceHost) {
    rotateDueKeys(host);
    deleteDueKeys(host);
  },
};
