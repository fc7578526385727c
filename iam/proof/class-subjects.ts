import { RequestPrincipal } from "../access-request";
import { compilePolicy } from "../compiled-policy";
import { AttachedPolicy } from "../decision";
import { Conjunction, Who } from "./answer";
import { keyCondition } from "./condition-text";
import { fixed } from "./key-domain";
import { PrincipalFacts, principalArn, principalKey } from "./principal-keys";
import { Subject } from "./subject";
import { Levels } from "./world";

type AccountPrincipal = PrincipalFacts["principal"];

const EVERYTHING = compilePolicy({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

/** What a principal's own account may allow it: everything. */
export function anyPolicies(whose: string): AttachedPolicy {
  return { source: `whatever policies ${whose} may have`, policy: EVERYTHING };
}

/** A principal that is not in the world, in an account. */
export function strangerSubject(
  who: Who,
  principal: AccountPrincipal,
  organization: Pick<PrincipalFacts, "organizationId" | "organizationPaths">,
  scps: Levels | undefined,
  label: Conjunction,
): Subject {
  const facts: PrincipalFacts = { principal, ...organization, sessionTags: true, sourceIdentity: true };
  return {
    who,
    principal,
    key: (key, frame) => principalKey(key, frame, facts),
    identity: principal.kind === "root" ? [] : [anyPolicies(principalArn(principal))],
    ...(scps && { scps }),
    domain: `stranger ${principal.kind}${organization.organizationId ?? ""}`,
    label,
  };
}

/** The principal that an ARN names in a policy; `undefined` for what is no user, role, session or account. */
export function principalOf(arn: string): AccountPrincipal | undefined {
  const [, partition = "", service, , accountId = "", rest = ""] = arn.split(":");
  const name = rest.slice(rest.lastIndexOf("/") + 1);
  if (service === "iam" && rest === "root") return { kind: "root", accountId };
  if (service === "iam" && rest.startsWith("user/")) return { kind: "user", accountId, arn };
  if (service === "iam" && rest.startsWith("role/")) {
    const sessionArn = `arn:${partition}:sts::${accountId}:assumed-role/${name}/any-session`;
    return { kind: "role-session", accountId, roleArn: arn, sessionArn };
  }
  const role = /^assumed-role\/([^/]+)\/.+$/.exec(rest)?.[1];
  if (service !== "sts" || role === undefined) return undefined;
  const roleArn = `arn:${partition}:iam::${accountId}:role/${role}`;
  return { kind: "role-session", accountId, roleArn, sessionArn: arn };
}

export function arnCondition(anyOf: readonly string[], noneOf: readonly string[] = []) {
  return keyCondition({ key: "aws:PrincipalArn", anyOf, noneOf, absent: "must not be" });
}

export const anonymousSubject: Subject = {
  who: { kind: "anonymous" },
  principal: { kind: "anonymous" },
  key: (key) => withoutAccount(key) ?? (key === "aws:principaltype" ? fixed("Anonymous") : undefined),
  identity: [],
  domain: "anonymous",
  label: [],
};

/** An AWS service; `undefined` for one that no policy names. */
export function serviceSubject(service: string | undefined): Subject {
  const name = service ?? "any-other.amazonaws.com";
  const principal: RequestPrincipal = { kind: "service", service: name };
  return {
    who: { kind: "aws-service", ...(service !== undefined && { service }) },
    principal,
    key: (key) => {
      if (key === "aws:principalservicename") return fixed(name);
      if (key === "aws:principalservicenameslist") return fixed([name]);
      return key === "aws:principalisawsservice" ? fixed("true") : withoutAccount(key);
    },
    identity: [],
    domain: "service",
    label: [],
  };
}

const OF_ACCOUNTS = new Set(
  (
    "aws:principalarn aws:principalaccount aws:principalorgid aws:principalorgpaths aws:username " +
    "aws:sourceidentity kms:calleraccount aws:principaltype aws:principalservicename " +
    "aws:principalservicenameslist aws:userid"
  ).split(" "),
);

/** Keys that a caller without an account does not have. */
export function withoutAccount(key: string) {
  if (key === "aws:principalisawsservice") return fixed("false");
  if (key === "aws:principaltype") return undefined;
  return OF_ACCOUNTS.has(key) || key.startsWith("aws:principaltag/") ? fixed(undefined) : undefined;
}
