import { KeyDomain, textDomain, VERSION_GROUP } from "./key-domain";

const flag = (key: string, mayBeAbsent = false) =>
  textDomain(key, { values: ["false", "true"], mayBeAbsent });
const list = (key: string) => textDomain(key, { hasManyValues: true });

const READING: readonly KeyDomain[] = ["secretsmanager:versionid", "secretsmanager:versionstage"].map((key) =>
  textDomain(key, { group: VERSION_GROUP }),
);

/** Keys that parameters of the operation put into the request. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, KeyDomain>>>> = {
  GetSecretValue: { "secretsmanager:versionid": READING[0]!, "secretsmanager:versionstage": READING[1]! },
  PutSecretValue: { "secretsmanager:versionstage": list("secretsmanager:versionstage") },
  UpdateSecret: {
    "secretsmanager:description": textDomain("secretsmanager:description"),
    "secretsmanager:kmskeyid": textDomain("secretsmanager:kmskeyid", { mayBePresent: false }),
  },
  UpdateSecretVersionStage: {
    "secretsmanager:versionstage": textDomain("secretsmanager:versionstage", { mayBeAbsent: false }),
  },
  RotateSecret: {
    "secretsmanager:rotateimmediately": flag("secretsmanager:rotateimmediately", true),
    "secretsmanager:modifyrotationrules": flag("secretsmanager:modifyrotationrules", true),
  },
  PutResourcePolicy: { "secretsmanager:blockpublicpolicy": flag("secretsmanager:blockpublicpolicy") },
  ReplicateSecretToRegions: {
    "secretsmanager:addreplicaregions": list("secretsmanager:addreplicaregions"),
    "secretsmanager:forceoverwritereplicasecret": flag("secretsmanager:forceoverwritereplicasecret", true),
  },
  PutKeyPolicy: { "kms:bypasspolicylockoutsafetycheck": flag("kms:bypasspolicylockoutsafetycheck") },
  CreateGrant: {
    "kms:grantoperations": { ...list("kms:grantoperations"), values: ["Decrypt"], mayBeAbsent: false },
    "kms:granteeprincipal": textDomain("kms:granteeprincipal", { universe: "arn:?*:?*", mayBeAbsent: false }),
    "kms:retiringprincipal": textDomain("kms:retiringprincipal"),
    "kms:grantconstrainttype": textDomain("kms:grantconstrainttype", {
      values: ["EncryptionContextEquals", "EncryptionContextSubset"],
    }),
  },
};

const none: ReadonlyMap<string, KeyDomain> = new Map();
const maps = new Map(
  Object.entries(PARAMETERS).map(([operation, keys]) => [operation, new Map(Object.entries(keys))]),
);

/** Keys that parameters of the operation put into the request, in lower case. */
export function parametersOf(operation: string): ReadonlyMap<string, KeyDomain> {
  return maps.get(operation) ?? none;
}
