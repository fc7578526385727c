import { PathStep } from "./answer";
import { anyPolicies } from "./class-subjects";
import { Frame } from "./frame";
import { textDomain } from "./key-domain";
import { plainFrame, PlainTarget } from "./plain-frame";
import { Way } from "./passing";
import { Prover } from "./prover";
import { symbolFor } from "./symbol";
import { Group, NamedPrincipal } from "./world";

/** What a principal can be made into by changes of its permissions, and who can make them. */
export interface Widening {
  /** The principal as it would be then. */
  readonly changed: NamedPrincipal;
  readonly ways: readonly WideningWay[];
}

/** A change of what is at `on`: the principal, a policy or a group. */
export interface WideningWay extends Way {
  readonly on: string;
  /** The outcome hangs on something that is not known. */
  readonly cannotTell?: PathStep["cannotTell"];
}

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const AWS_OWNED = /^arn:[^:]*:iam::aws:/;
/** A policy of the account's that could hold anything: whoever attaches it needs somebody to have written it. */
const POLICY_TEXT = {
  kind: "document",
  subject: "a policy that may be attached",
  reason: "what the policies say that the condition on iam:PolicyARN admits is not known here",
} as const;
const OLD_VERSIONS = {
  kind: "document",
  subject: "versions of the policy",
  reason: "what the versions say that are not the default one is not known here",
} as const;

/**
 * Every way to widen a principal's permissions: by its policies, by its groups, by its boundary, and by both.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagement.html
 */
export function wideningsOf(principal: NamedPrincipal, prover: Prover): readonly Widening[] {
  const any = { ...principal, identity: [anyPolicies(principal.arn)] };
  const policies = policyWays(principal, prover);
  const groups = groupsToJoin(principal, prover).map((group) => joining(principal, group, prover));
  const first = [{ changed: any, ways: policies }, ...groups];
  if (principal.boundary === undefined) return first;
  const bounds = boundaryWays(principal, prover);
  const both = bounds.flatMap((bound) => policies.map((policy) => together(bound, policy)));
  return [
    ...first,
    { changed: withoutBoundary(principal), ways: bounds },
    { changed: withoutBoundary(any), ways: both },
  ];
}

function withoutBoundary({ boundary: _, boundaryArn: __, ...rest }: NamedPrincipal): NamedPrincipal {
  return rest;
}

function together(one: WideningWay, other: WideningWay): WideningWay {
  const cannotTell = [...(one.cannotTell ?? []), ...(other.cannotTell ?? [])];
  return {
    by: `${one.by} and ${other.by}`,
    on: other.on,
    frames: [...one.frames, ...other.frames],
    ...(cannotTell.length > 0 && { cannotTell }),
  };
}

/** Ways to have any identity policy at all. */
function policyWays(principal: NamedPrincipal, prover: Prover): readonly WideningWay[] {
  const { kind, arn } = principal;
  const noun = kind === "role" ? "Role" : "User";
  const fixed = { "iam:permissionsboundary": boundaryKey(principal) };
  const way = (action: string, given: Partial<PlainTarget> = {}, cannotTell?: WideningWay["cannotTell"]) =>
    wayOn(action, { ...principal, fixed, ...given }, prover, cannotTell);
  const anyPolicy = [textDomain("iam:policyarn", { universe: "arn:*", mayBeAbsent: false })];
  const administrator = [textDomain("iam:policyarn", { values: [ADMINISTRATOR], mayBeAbsent: false })];
  return [
    way(`Put${noun}Policy`),
    way(`Attach${noun}Policy`, { free: administrator }),
    ...versionWays(principal.managedPolicies ?? [], prover),
    ...(principal.groups ?? []).flatMap((group) => groupWays({ ...principal, arn: group }, prover)),
    wayOn(`Attach${noun}Policy`, { ...principal, arn, fixed, free: anyPolicy }, prover, [POLICY_TEXT]),
  ];
}

function groupWays(group: PlainTarget, prover: Prover): readonly WideningWay[] {
  const { arn, accountId } = group;
  const free = [textDomain("iam:policyarn", { values: [ADMINISTRATOR], mayBeAbsent: false })];
  return [
    wayOn("PutGroupPolicy", { arn, accountId }, prover),
    wayOn("AttachGroupPolicy", { arn, accountId, free }, prover),
  ];
}

/** Nobody writes the policies that AWS keeps. */
function versionWays(arns: readonly string[], prover: Prover): readonly WideningWay[] {
  return arns
    .filter((arn) => !AWS_OWNED.test(arn))
    .flatMap((arn) => {
      const target = { arn, accountId: arn.split(":")[4] ?? "" };
      return [
        wayOn("CreatePolicyVersion", target, prover),
        wayOn("SetDefaultPolicyVersion", target, prover, [OLD_VERSIONS]),
      ];
    });
}

/** Ways to have no boundary, or one that allows everything. */
function boundaryWays(principal: NamedPrincipal, prover: Prover): readonly WideningWay[] {
  const noun = principal.kind === "role" ? "Role" : "User";
  const now = { "iam:permissionsboundary": boundaryKey(principal) };
  const other = [textDomain("iam:permissionsboundary", { values: [ADMINISTRATOR], mayBeAbsent: false })];
  const { arn, accountId } = principal;
  return [
    wayOn(`Delete${noun}PermissionsBoundary`, { arn, accountId, fixed: now }, prover),
    wayOn(`Put${noun}PermissionsBoundary`, { arn, accountId, free: other }, prover),
    ...versionWays(principal.boundaryArn === undefined ? [] : [principal.boundaryArn], prover),
  ];
}

function boundaryKey({ arn, boundary, boundaryArn }: NamedPrincipal): string | undefined {
  if (boundary === undefined) return undefined;
  return boundaryArn ?? symbolFor({ of: `ARN of the boundary of ${arn}`, shape: "arn:*" });
}

function groupsToJoin({ kind, accountId, groups = [] }: NamedPrincipal, prover: Prover): readonly Group[] {
  if (kind !== "user") return [];
  return (prover.index.world.groups ?? []).filter(
    (group) => group.accountId === accountId && !groups.includes(group.arn),
  );
}

function joining(principal: NamedPrincipal, group: Group, prover: Prover): Widening {
  const { arn, accountId, identity } = group;
  return {
    changed: { ...principal, identity: [...principal.identity, ...identity] },
    ways: [wayOn("AddUserToGroup", { arn, accountId }, prover)],
  };
}

function wayOn(
  action: string,
  target: PlainTarget,
  { index }: Prover,
  cannotTell?: WideningWay["cannotTell"],
): WideningWay {
  const { arn, accountId, fixed, free } = target;
  const given = { arn, accountId, ...(fixed && { fixed }), ...(free && { free }) };
  const frames: readonly Frame[] = [plainFrame(`iam:${action}`, given, index)];
  return { by: `iam:${action}`, on: arn, frames, ...(cannotTell && { cannotTell }) };
}
