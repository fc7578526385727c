import { PolicyDocument, statementsOf } from "../../../iam";
import { Store } from "../core/store";
import { principalKey, roleByArn, roles, users } from "../iam/records";
import { organizationAccounts } from "../organizations/records";

/**
 * The first AWS principal of the document that does not exist: AWS turns ARNs into unique ids when a policy is stored
 * and refuses what it cannot turn. Accounts of the cloud's organisation and all other well-formed accounts count as existing
 * when the organisation is not known.
 */
export function missingPrincipal(store: Store, document: PolicyDocument): string | undefined {
  const names = statementsOf(document).flatMap((statement) => {
    const principal = statement.Principal ?? statement.NotPrincipal;
    if (principal === undefined || principal === "*") return [];
    return ([] as string[]).concat(principal.AWS ?? []);
  });
  return names.find((name) => !exists(store, name));
}

function exists(store: Store, name: string): boolean {
  if (name === "*") return true;
  if (/^\d{12}$/.test(name)) return accountExists(store, name);
  const [, service, account, resource] = /^arn:[^:]+:(iam|sts)::(\d{12}):(.+)$/.exec(name) ?? [];
  if (!service || !account || !resource) return false;
  if (resource === "root") return accountExists(store, account);
  if (service === "sts") return sessionRoleExists(store, account, resource);
  if (resource.startsWith("role/")) return roleByArn(store, name) !== undefined;
  if (resource.startsWith("user/")) {
    return users(store).get(principalKey(account, resource.split("/").pop() ?? ""))?.arn === name;
  }
  return false;
}

function accountExists(store: Store, accountId: string): boolean {
  const known = organizationAccounts(store);
  return known.size === 0 || known.has(accountId);
}

/** A session of a role may be named whether or not it is open; its role must exist. */
function sessionRoleExists(store: Store, account: string, resource: string): boolean {
  const [kind, roleName, sessionName] = resource.split("/");
  if (kind === "federated-user") return true;
  if (kind !== "assumed-role" || !roleName || !sessionName) return false;
  return roles(store).has(principalKey(account, roleName));
}
