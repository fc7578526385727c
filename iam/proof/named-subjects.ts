import { Conjunction } from "./answer";
import { keyCondition } from "./condition-text";
import { lastPart, PrincipalFacts, principalKey } from "./principal-keys";
import { Subject } from "./subject";
import { trusts } from "./trust";
import { NamedPrincipal } from "./world";
import { WorldIndex } from "./world-index";

const ANY_SESSION = "any-session";

/**
 * A named principal as it can appear: a user, or the sessions of a role, those that a policy names apart.
 *
 * @param sessions names of sessions of the role that policies name
 */
export function namedSubjects(
  principal: NamedPrincipal,
  sessions: readonly string[],
  index: WorldIndex,
): readonly Subject[] {
  if (principal.kind === "user") return [subjectOf(principal, userFacts(principal, index), [], index)];
  const others = sessions.length === 0 ? [] : [sessionCondition([], sessions)];
  return [
    subjectOf(principal, roleFacts(principal, undefined, index), others, index),
    ...sessions.map((name) =>
      subjectOf(principal, roleFacts(principal, name, index), [sessionCondition([name], [])], index),
    ),
  ];
}

function sessionCondition(anyOf: readonly string[], noneOf: readonly string[]) {
  return keyCondition({ key: "session name", anyOf, noneOf, absent: "must not be" });
}

function subjectOf(
  principal: NamedPrincipal,
  facts: PrincipalFacts,
  label: Conjunction,
  index: WorldIndex,
): Subject {
  const { arn, accountId, identity, boundary, session } = principal;
  const scps = index.account(accountId)?.scps;
  const isPlain = !facts.sessionTags && facts.sessionName === undefined;
  return {
    who: { kind: "principal", arn, accountId },
    principal: facts.principal,
    key: (key, frame) => principalKey(key, frame, facts),
    tagKeys: [...(facts.tags?.keys() ?? [])].map((tag) => `aws:principaltag/${tag}`),
    identity,
    ...(boundary && { boundary }),
    ...(session && { session }),
    ...(scps && { scps }),
    domain: isPlain ? `${principal.kind} ${facts.sourceIdentity}` : `${arn} ${facts.sessionName}`,
    label,
  };
}

function userFacts(principal: NamedPrincipal, index: WorldIndex): PrincipalFacts {
  const { arn, accountId } = principal;
  const sessionTags = false;
  return {
    principal: { kind: "user", accountId, arn },
    ...shared(principal, index),
    sessionTags,
    sourceIdentity: false,
  };
}

function roleFacts(role: NamedPrincipal, sessionName: string | undefined, index: WorldIndex): PrincipalFacts {
  const { arn, accountId, trust } = role;
  const partition = arn.split(":")[1] ?? "aws";
  const sessionArn = `arn:${partition}:sts::${accountId}:assumed-role/${lastPart(arn)}/${sessionName ?? ANY_SESSION}`;
  const serviceLinked = arn.includes(":role/aws-service-role/");
  return {
    principal: {
      kind: "role-session",
      accountId,
      roleArn: arn,
      sessionArn,
      ...(serviceLinked && { serviceLinked }),
    },
    ...shared(role, index),
    sessionTags: trusts(trust, "sts:tagsession"),
    sourceIdentity: trusts(trust, "sts:setsourceidentity"),
    ...(sessionName !== undefined && { sessionName }),
  };
}

function shared({ accountId, tags }: NamedPrincipal, index: WorldIndex) {
  const path = index.account(accountId)?.organizationPath;
  const organizationId = index.world.organization?.id;
  return {
    tags: new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value])),
    ...(path !== undefined && organizationId !== undefined && { organizationId, organizationPaths: [path] }),
  };
}
