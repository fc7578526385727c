import { RequestPrincipal } from "../access-request";
import type { Frame } from "./frame";
import { fixed, free, KeyState, KeyValue, textDomain } from "./key-domain";

/** What decides the keys of a caller who has an account. */
export interface PrincipalFacts {
  readonly principal: Extract<RequestPrincipal, { readonly accountId: string }>;
  readonly organizationId?: string;
  /** `undefined`: any path of the organisation, if there is one. */
  readonly organizationPaths?: readonly string[];
  /** Tags by key in lower case; `undefined`: any tags. */
  readonly tags?: ReadonlyMap<string, string>;
  /** Whether a session may bring tags of its own, over those of the role. */
  readonly sessionTags: boolean;
  readonly sourceIdentity: boolean;
  /** Name of the session; `undefined`: any. */
  readonly sessionName?: string;
}

const TAG = "aws:principaltag/";
const USER_ID_CHARACTERS = "XYZ0123456789ABCDEF";

/**
 * The keys that describe the caller; `undefined` for all others.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */
export function principalKey(key: string, frame: Frame, facts: PrincipalFacts): KeyState | undefined {
  const { principal, organizationId, organizationPaths } = facts;
  if (key.startsWith(TAG)) return tagKey(key, facts);
  switch (key) {
    case "aws:principalarn":
      return fixed(principalArn(principal));
    case "aws:principalaccount":
      return fixed(principal.accountId);
    case "aws:principalorgid":
      return fixed(organizationId);
    case "aws:principalorgpaths":
      return organizationId === undefined || organizationPaths !== undefined
        ? fixed(organizationPaths)
        : free(anyPath(organizationId));
    case "aws:principaltype":
      return fixed(TYPES[principal.kind]);
    case "aws:principalisawsservice":
      return fixed("false");
    case "aws:principalservicename":
    case "aws:principalservicenameslist":
      return fixed(undefined);
    case "aws:username":
      return fixed(principal.kind === "user" ? lastPart(principal.arn) : undefined);
    case "aws:userid":
      return userId(facts);
    case "aws:sourceidentity":
      return facts.sourceIdentity ? free(textDomain(key)) : fixed(undefined);
    case "kms:calleraccount":
      return fixed(frame.action.startsWith("kms:") ? principal.accountId : undefined);
    default:
      return undefined;
  }
}

const TYPES = { root: "Account", user: "User", "role-session": "AssumedRole" } as const;

/** The value of `aws:PrincipalArn`. */
export function principalArn(principal: PrincipalFacts["principal"]): string {
  switch (principal.kind) {
    case "root":
      return `arn:aws:iam::${principal.accountId}:root`;
    case "user":
      return principal.arn;
    case "role-session":
      return principal.roleArn;
  }
}

function tagKey(key: string, { principal, tags, sessionTags }: PrincipalFacts): KeyState {
  if (principal.kind === "root") return fixed(undefined);
  if (tags === undefined) return free(textDomain(key));
  const own: KeyValue = tags.get(key.slice(TAG.length));
  return sessionTags ? free(textDomain(key, { mayBeAbsent: own === undefined })) : fixed(own);
}

function userId({ principal, sessionName }: PrincipalFacts): KeyState {
  if (principal.kind === "root") return fixed(principal.accountId);
  const universe = principal.kind === "user" ? "AIDA?*" : `AROA?*:${sessionName ?? "?*"}`;
  return free(textDomain("aws:userid", { universe, others: USER_ID_CHARACTERS, mayBeAbsent: false }));
}

function anyPath(organizationId: string) {
  return textDomain("aws:principalorgpaths", {
    universe: `${organizationId}/r-?*/*`,
    others: "xyz0123456789",
    mayBeAbsent: false,
    isListOfOne: true,
  });
}

export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
