import { Rule } from "../../rule";
import { rotationFunctionInvocation } from "./rotation-function-invocation";
import { rotationNetworkPath } from "./rotation-network-path";
import { rotationRoleLeastPrivilege } from "./rotation-role-least-privilege";
import { rotationSucceeds } from "./rotation-succeeds";
import { secretCrossAccountKey } from "./secret-cross-account-key";
import { secretCrossAccountReaders } from "./secret-cross-account-readers";
import { secretCustomerManagedKey } from "./secret-customer-managed-key";
import { secretHasReader } from "./secret-has-reader";
import { secretPolicyNotPublic } from "./secret-policy-not-public";
import { secretRecoveryWindow } from "./secret-recovery-window";
import { secretReplicaRegions } from "./secret-replica-regions";
import { secretRotationConfigured } from "./secret-rotation-configured";
import { secretRotationInterval } from "./secret-rotation-interval";
import { secretTagged } from "./secret-tagged";
import { secretValueGenerated } from "./secret-value-generated";

/** Rules about secrets and their rotation: SM-01 to SM-15. */
export const secretRules: readonly Rule[] = [
  secretCustomerManagedKey,
  secretRotationConfigured,
  secretRotationInterval,
  rotationFunctionInvocation,
  rotationRoleLeastPrivilege,
  rotationNetworkPath,
  rotationSucceeds,
  secretHasReader,
  secretPolicyNotPublic,
  secretCrossAccountReaders,
  secretCrossAccountKey,
  secretRecoveryWindow,
  secretReplicaRegions,
  secretTagged,
  secretValueGenerated,
];
