import { strict as assert } from "assert";
import { parametersOf } from "../../../iam/proof/parameters";
import { stateText } from "./state-text";

describe("keys that parameters of an operation put into the request", () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    GetSecretValue: [
      "secretsmanager:versionid: any ?* of version, or absent",
      "secretsmanager:versionstage: any ?* of version, or absent",
    ],
    PutSecretValue: [
      "secretsmanager:versionstage: any ?* of key:secretsmanager:versionstage, or absent, many",
    ],
    UpdateSecret: [
      "secretsmanager:description: any ?* of key:secretsmanager:description, or absent",
      "secretsmanager:kmskeyid: any ?* of key:secretsmanager:kmskeyid, or absent, never present",
    ],
    UpdateSecretVersionStage: ["secretsmanager:versionstage: any ?* of key:secretsmanager:versionstage"],
    RotateSecret: [
      "secretsmanager:rotateimmediately: any false|true of key:secretsmanager:rotateimmediately, or absent",
      "secretsmanager:modifyrotationrules: any false|true of key:secretsmanager:modifyrotationrules, or absent",
    ],
    PutResourcePolicy: [
      "secretsmanager:blockpublicpolicy: any false|true of key:secretsmanager:blockpublicpolicy",
    ],
    DeleteResourcePolicy: [],
    ReplicateSecretToRegions: [
      "secretsmanager:addreplicaregions: any ?* of key:secretsmanager:addreplicaregions, or absent, many",
      "secretsmanager:forceoverwritereplicasecret: any false|true of key:secretsmanager:forceoverwritereplicasecret, or absent",
    ],
    PutKeyPolicy: [
      "kms:bypasspolicylockoutsafetycheck: any false|true of key:kms:bypasspolicylockoutsafetycheck",
    ],
    CreateGrant: [
      "kms:grantoperations: any Decrypt of key:kms:grantoperations, many",
      "kms:granteeprincipal: any arn:?*:?* of key:kms:granteeprincipal",
      "kms:retiringprincipal: any ?* of key:kms:retiringprincipal, or absent",
      "kms:grantconstrainttype: any EncryptionContextEquals|EncryptionContextSubset of key:kms:grantconstrainttype, or absent",
    ],
    toString: [],
  };
  for (const [operation, keys] of Object.entries(cases)) {
    it(operation, () =>
      assert.deepEqual(
        [...parametersOf(operation)].map(([key, domain]) => `${key}: ${stateText({ kind: "free", domain })}`),
        keys,
      ),
    );
  }
});
