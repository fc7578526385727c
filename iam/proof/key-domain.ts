import { RequestPrincipal } from "../access-request";

/** What a request says about a condition key; `undefined`: it has no such key. */
export type KeyValue = string | readonly string[] | undefined;

/** The values a key may have. */
export interface KeyDomain {
  /** Keys of one group are chosen together, because not every combination can be. */
  readonly group: string;
  /** Glob of all values. */
  readonly universe: string;
  /** All values, when they can be listed; then the glob has no say. */
  readonly values?: readonly string[];
  /** Characters to make up values from. */
  readonly others: string;
  readonly mayBeAbsent: boolean;
  readonly mayBePresent: boolean;
  readonly hasManyValues: boolean;
  /** The key is multivalued and has one value. */
  readonly isListOfOne?: true;
}

/** What is known of a key of a request before it is made. */
export type KeyState =
  | { readonly kind: "fixed"; readonly value: KeyValue }
  | { readonly kind: "free"; readonly domain: KeyDomain }
  /** Not a key that is known here. */
  | { readonly kind: "unknown" };

/** How a request reaches the service: from the caller, or from Secrets Manager for the caller. */
export type Route = "direct" | "forwarded";

export const ROUTE_GROUP = "route";
export const TIME_GROUP = "time";
export const MFA_GROUP = "mfa";
export const VERSION_GROUP = "version";

/** Characters to make up values from, most welcome first. */
export const LETTERS = "xyzabcdefghijklmnopqrstuvw0123456789XYZ-_.+ ";
const UNKNOWN: KeyState = { kind: "unknown" };
const ABSENT: KeyState = { kind: "fixed", value: undefined };

/** Some text under the key, on its own. */
export function textDomain(key: string, given: Partial<KeyDomain> = {}): KeyDomain {
  return {
    group: `key:${key}`,
    universe: "?*",
    others: LETTERS,
    mayBeAbsent: true,
    mayBePresent: true,
    hasManyValues: false,
    ...given,
  };
}

export function fixed(value: KeyValue): KeyState {
  return value === undefined ? ABSENT : { kind: "fixed", value };
}

export function free(domain: KeyDomain): KeyState {
  return { kind: "free", domain };
}

const NETWORK = new Set(
  (
    "aws:sourceip aws:sourcevpc aws:sourcevpce aws:sourcevpcarn aws:vpcsourceip aws:vpceaccount aws:vpceorgid " +
    "aws:vpceorgpaths"
  ).split(" "),
);
const CALLED_VIA = new Set(["aws:calledvia", "aws:calledviafirst", "aws:calledvialast"]);
const OF_SERVICES = new Set(["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"]);
/** Keys that the credentials of a workload bring along. */
const OF_WORKLOADS = new Set(
  (
    "aws:ec2instancesourcevpc aws:ec2instancesourceprivateipv4 ec2:sourceinstancearn lambda:sourcefunctionarn " +
    "ecs:cluster glue:roleassumedby glue:credentialissuingservice ssm:sourceinstancearn " +
    "identitystore:userid aws:chatbotsourcearn aws:federatedprovider"
  ).split(" "),
);
/** Keys only requests that tag, or that name what they make, have. */
const OF_OTHER_REQUESTS = /^aws:(requesttag\/.*|tagkeys|assumedroot)$/;

/**
 * Keys that depend on neither the operation nor the resource, for a caller of this kind.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function globalKey(key: string, caller: RequestPrincipal["kind"], route: Route): KeyState {
  if (NETWORK.has(key) || CALLED_VIA.has(key) || key === "aws:viaawsservice")
    return routeKey(key, caller, route);
  if (OF_SERVICES.has(key)) {
    return caller === "service" ? free(textDomain(key, { hasManyValues: key.endsWith("paths") })) : ABSENT;
  }
  if (OF_WORKLOADS.has(key)) return caller === "role-session" ? free(textDomain(key)) : ABSENT;
  if (OF_OTHER_REQUESTS.test(key)) return ABSENT;
  switch (key) {
    case "aws:securetransport":
      return fixed("true");
    case "aws:currenttime":
    case "aws:epochtime":
      return free(textDomain(key, { group: TIME_GROUP, mayBeAbsent: false }));
    case "aws:tokenissuetime":
      return hasSession(caller)
        ? free(textDomain(key, { group: TIME_GROUP, mayBeAbsent: caller === "user" }))
        : ABSENT;
    case "aws:multifactorauthpresent":
    case "aws:multifactorauthage":
      return hasSession(caller)
        ? free(textDomain(key, { group: MFA_GROUP, mayBeAbsent: caller === "user" }))
        : ABSENT;
    case "aws:useragent":
    case "aws:referer":
      return free(textDomain(key));
    default:
      return key.startsWith("aws:") || !key.includes(":") ? UNKNOWN : ABSENT;
  }
}

/** Whether callers of this kind may sign with temporary credentials. */
function hasSession(caller: RequestPrincipal["kind"]): boolean {
  return caller === "user" || caller === "role-session";
}

function routeKey(key: string, caller: RequestPrincipal["kind"], route: Route): KeyState {
  if (route === "forwarded") {
    if (NETWORK.has(key)) return ABSENT;
    if (key === "aws:viaawsservice") return fixed("true");
    if (key === "aws:calledvialast") return fixed("secretsmanager.amazonaws.com");
  }
  if (caller === "service" && route === "direct")
    return fixed(key === "aws:viaawsservice" ? "false" : undefined);
  return free(textDomain(key, { group: ROUTE_GROUP, hasManyValues: key === "aws:calledvia" }));
}
