import { Rule } from "../../rule";
import { secretUseWatched } from "./secret-use-watched";
import { trailComplete } from "./trail-complete";
import { trailCustomerKey } from "./trail-customer-key";
import { trailValidated } from "./trail-validated";

/** Rules about the record of who used secrets and keys: CT-01 to CT-04. */
export const auditRules: readonly Rule[] = [
  trailComplete,
  trailCustomerKey,
  trailValidated,
  secretUseWatched,
];
