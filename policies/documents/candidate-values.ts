import { Literals } from "./document-facts";
import { instance, Requester } from "./requester";

/** A value of a condition key in a request; undefined when the request carries no such key. */
export type Candidate = string | readonly string[] | undefined;

const multivalued = new Set(["aws:tagkeys", "aws:calledvia", "aws:principalorgpaths"]);
/** Keys that only a call by an AWS service on somebody's behalf carries. */
const serviceKeys =
  /^aws:(sourceaccount|sourcearn|sourceorgid|sourceorgpaths|principalservicename|principalservicenameslist)$/;
const networkKeys = /^aws:(sourcevpc|sourcevpce|sourcevpcarn|vpceaccount|vpceorgid|vpceorgpaths|sourceip)$/;
/** An address from a block that is reserved for documentation: nobody's network. */
const anyAddress = "198.51.100.77";
const farFuture = "2199-01-01T00:00:00Z";

/**
 * Values the requester can bring about for a key: what follows from who it is, what it may choose (each value the
 * document mentions, one that it does not, none), and never the networks or the organisation of others.
 */
export function candidateValues(key: string, literals: Literals, requester: Requester): readonly Candidate[] {
  const named = literals.get(key) ?? [];
  const fixed = identityValues(key, named, requester);
  if (fixed !== undefined) return fixed;
  if (serviceKeys.test(key)) return [undefined];
  if (networkKeys.test(key)) return networkValues(key, named, requester);
  const account = requester.kind === "account" ? requester.accountId : "";
  if (key === "aws:currenttime") return [new Date().toISOString(), farFuture];
  if (multivalued.has(key))
    return [undefined, ...named.map((value) => [instance(value, account)]), ["any-other"]];
  return [
    ...new Set([...named.flatMap((value) => around(instance(value, account))), "any-other"]),
    undefined,
  ];
}

function identityValues(
  key: string,
  named: readonly string[],
  requester: Requester,
): readonly Candidate[] | undefined {
  const account = requester.kind === "account" ? requester.accountId : undefined;
  const organization = requester.kind === "account" ? requester.organizationId : undefined;
  switch (key) {
    case "aws:principalaccount":
    case "kms:calleraccount":
      return [account];
    case "aws:principalorgid":
      return [organization];
    case "aws:principalorgpaths":
      return organization === undefined ? [undefined] : orgPaths(organization, named);
    case "aws:principaltype":
      return [requester.kind === "anonymous" ? "Anonymous" : "AssumedRole"];
    case "aws:principalisawsservice":
      return ["false"];
    case "aws:securetransport":
      return ["true", "false"];
    default:
      return undefined;
  }
}

function orgPaths(organization: string, named: readonly string[]): readonly Candidate[] {
  const own = named.map((path) => instance(path, "")).filter((path) => path.startsWith(`${organization}/`));
  return [...own, `${organization}/r-any0/`].map((path) => [path]);
}

function networkValues(key: string, named: readonly string[], requester: Requester): readonly Candidate[] {
  const other = key === "aws:sourceip" ? anyAddress : "vpc-any-other";
  const owned =
    requester.kind === "account" && requester.ownsNetworks ? named.map((one) => one.split("/")[0]) : [];
  return [...new Set([...owned, other]), undefined];
}

/** A number is tried with its neighbours, for the operators that compare. */
function around(value: string): readonly string[] {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number) || value.length > 15) return [value];
  return [String(number - 1), value, String(number + 1)];
}
