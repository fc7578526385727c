import { Rule } from "../../rule";
import { keyPolicyAdministered } from "./key-policy-administered";
import { keyPolicyNoWildcard } from "./key-policy-no-wildcard";
import { keyRotation } from "./key-rotation";

/** Rules about KMS keys: KMS-01 to KMS-09. */
export const keyRules: readonly Rule[] = [keyRotation, keyPolicyNoWildcard, keyPolicyAdministered];
