import { Rule } from "../../rule";
import { grantsConstrained } from "./grants-constrained";
import { keyDutiesSeparated } from "./key-duties-separated";
import { keyMultiRegionNeeded } from "./key-multi-region-needed";
import { keyNotDeleted } from "./key-not-deleted";
import { keyPolicyAdministered } from "./key-policy-administered";
import { keyPolicyNoWildcard } from "./key-policy-no-wildcard";
import { keyRotation } from "./key-rotation";
import { keyUseThroughSecretsManager } from "./key-use-through-secrets-manager";
import { noDecryptWithEveryKey } from "./no-decrypt-with-every-key";

/** Rules about KMS keys: KMS-01 to KMS-09. */
export const keyRules: readonly Rule[] = [
  keyRotation,
  keyPolicyNoWildcard,
  keyPolicyAdministered,
  keyNotDeleted,
  noDecryptWithEveryKey,
  keyMultiRegionNeeded,
  grantsConstrained,
  keyUseThroughSecretsManager,
  keyDutiesSeparated,
];
