import {
  AccessRequest,
  AttachedPolicy,
  compilePolicy,
  decide,
  PolicyWorld,
  Statement,
  statementsOf,
} from "../../iam";

/**
 * What each document says about a request by itself: one line for a document, with the statements that are about it.
 * Which of them decide is the decision's to say.
 */
export function documentLines(request: AccessRequest, world: PolicyWorld): readonly string[] {
  const kinds: readonly (readonly [string, readonly AttachedPolicy[]])[] = [
    ["resource control policy", (world.rcps ?? []).flat()],
    ["service control policy", (world.scps ?? []).flat()],
    ["VPC endpoint policy", listOf(world.endpoint)],
    ["resource policy", listOf(world.resource)],
    ["identity policy", world.identity],
    ["permissions boundary", listOf(world.boundary)],
    ["session policy", world.session ?? []],
  ];
  const documents = kinds.flatMap(([kind, policies]) =>
    policies.map((policy) => `${kind} (${policy.source}): ${verdict(request, policy, world)}`),
  );
  const grants = (world.grants ?? []).map(
    ({ grantId, granteePrincipal, operations }) =>
      `grant ${grantId}: ${operations.join(", ")} for ${granteePrincipal}`,
  );
  return [...documents, ...grants];
}

const listOf = (policy: AttachedPolicy | undefined): readonly AttachedPolicy[] =>
  policy === undefined ? [] : [policy];

/** Statements of the document that are about the request, found by asking for each of them alone. */
function verdict(request: AccessRequest, { policy }: AttachedPolicy, world: PolicyWorld): string {
  const { document } = policy;
  const found = statementsOf(document).flatMap((statement, index) =>
    isAbout(request, statement, document.Version, world.boundary)
      ? [`${statement.Effect} by ${nameOf(statement, index)}`]
      : [],
  );
  return found.length === 0 ? "says nothing about it" : found.join(", ");
}

const nameOf = ({ Sid }: Statement, index: number): string =>
  Sid === undefined ? `statement ${index + 1}` : `"${Sid}"`;

/**
 * Whether a statement is about a request: as a refusal in the place of an endpoint's policy, where principals count and
 * need not be there, it would decide. A boundary makes `NotPrincipal` spare nobody.
 */
function isAbout(
  request: AccessRequest,
  statement: Statement,
  version: "2012-10-17" | "2008-10-17" | undefined,
  boundary: AttachedPolicy | undefined,
): boolean {
  // With `Allow` it is not supported and means nobody.
  if (statement.NotPrincipal !== undefined && statement.Effect === "Allow") return false;
  const policy = compilePolicy({
    ...(version === undefined ? {} : { Version: version }),
    Statement: { ...statement, Effect: "Deny" },
  });
  const world: PolicyWorld = {
    identity: [],
    endpoint: { source: "statement", policy },
    ...(boundary === undefined ? {} : { boundary }),
  };
  const decision = decide(request, world);
  return (
    !decision.allowed &&
    decision.because.kind === "explicit-deny" &&
    decision.because.policyKind === "endpoint"
  );
}
