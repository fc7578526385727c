import { AccessRequest, RequestContext } from "./access-request";
import { KmsGrant } from "./decision";
import { NAMED, Naming, namingOfGrantee } from "./principal-match";

/** A grant that lets the caller in, and how closely its grantee names the caller. */
export interface FoundGrant {
  readonly grant: KmsGrant;
  readonly naming: Naming;
}

const CONTEXT_PREFIX = "kms:encryptioncontext:";

/** Constraints bind the operations that take an encryption context; the others pass. */
const WITHOUT_ENCRYPTION_CONTEXT: ReadonlySet<string> = new Set(["describekey", "retiregrant"]);

/**
 * The grant that names the caller most closely for this operation.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function findGrant(grants: readonly KmsGrant[], request: AccessRequest): FoundGrant | undefined {
  const operation = request.action.slice("kms:".length).toLowerCase();
  let closest: FoundGrant | undefined;
  for (const grant of grants) {
    if (!grant.operations.some((granted) => granted.toLowerCase() === operation)) continue;
    if (!WITHOUT_ENCRYPTION_CONTEXT.has(operation) && !meetsConstraints(grant, request.context)) continue;
    const naming = namingOfGrantee(grant.granteePrincipal, request.principal);
    if (naming > (closest?.naming ?? NAMED.notAtAll)) closest = { grant, naming };
  }
  return closest;
}

/** Keys of the encryption context come as condition keys and so in lower case; values keep their case. */
function meetsConstraints(grant: KmsGrant, context: RequestContext): boolean {
  const { encryptionContextSubset: subset, encryptionContextEquals: equals } = grant;
  if (subset !== undefined && !holdsPairs(subset, context)) return false;
  if (equals === undefined) return true;
  const given = Object.keys(context).filter((key) => key.startsWith(CONTEXT_PREFIX));
  return given.length === Object.keys(equals).length && holdsPairs(equals, context);
}

function holdsPairs(pairs: Readonly<Record<string, string>>, context: RequestContext): boolean {
  return Object.entries(pairs).every(([key, value]) => context[CONTEXT_PREFIX + key.toLowerCase()] === value);
}
