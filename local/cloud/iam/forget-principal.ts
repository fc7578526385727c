import { Store } from "../core/store";
import { PrincipalRecord, principalKey, roles } from "./records";

/**
 * Trust policies keep principals by unique id: those that name a deleted user or role show its id from then on, and a
 * principal made anew under the same name is not trusted.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function forgetPrincipal(deleted: PrincipalRecord, store: Store): void {
  const named = JSON.stringify(deleted.arn);
  for (const role of [...roles(store).values()]) {
    if (!role.trustPolicy.includes(named)) continue;
    const trustPolicy = role.trustPolicy.split(named).join(JSON.stringify(deleted.uniqueId));
    roles(store).put(principalKey(role.accountId, role.name), { ...role, trustPolicy });
  }
}
