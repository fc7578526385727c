import { Rule } from "../rule";
import { keyPolicyAdministered } from "./key-policy-administered";
import { keyPolicyNoWildcard } from "./key-policy-no-wildcard";
import { keyRotation } from "./key-rotation";
import { rotationFunctionInvocation } from "./rotation-function-invocation";
import { secretCrossAccountKey } from "./secret-cross-account-key";
import { secretCrossAccountReaders } from "./secret-cross-account-readers";
import { secretCustomerManagedKey } from "./secret-customer-managed-key";
import { secretPolicyNotPublic } from "./secret-policy-not-public";
import { secretRecoveryWindow } from "./secret-recovery-window";
import { secretReplicaRegions } from "./secret-replica-regions";
import { secretRotationConfigured } from "./secret-rotation-configured";
import { secretRotationInterval } from "./secret-rotation-interval";

/** Every rule of the pack, in the order of the documentation. */
export const rules: readonly Rule[] = [
  secretCustomerManagedKey,
  secretRotationConfigured,
  secretRotationInterval,
  rotationFunctionInvocation,
  secretPolicyNotPublic,
  secretCrossAccountReaders,
  secretCrossAccountKey,
  secretRecoveryWindow,
  secretReplicaRegions,
  keyRotation,
  keyPolicyNoWildcard,
  keyPolicyAdministered,
];
