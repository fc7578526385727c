import { compilePolicy } from "../compiled-policy";
import { anyPolicies } from "./class-subjects";
import { Frame } from "./frame";
import { textDomain } from "./key-domain";
import { madeResources } from "./made-resources";
import { Way } from "./passing";
import { plainFrame, PlainTarget } from "./plain-frame";
import { Prover } from "./prover";
import { NamedPrincipal, WorldDocument } from "./world";

/** A principal that is not there yet, and who can make it with whatever permissions they like. */
export interface Creation {
  readonly made: NamedPrincipal;
  readonly ways: readonly Way[];
}

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const BOUNDARY = "iam:permissionsboundary";

/** Whoever makes a role writes its trust policy, and lets itself in. */
const TRUST: WorldDocument = {
  source: "trust policy that the caller writes",
  policy: compilePolicy({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "sts:*" },
  }),
};

/**
 * Roles and users that somebody can make in an account and then act as: of every name that the policies of the
 * principals have in mind, without a boundary or with one that allows everything.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
 */
export function creationsIn(accountId: string, prover: Prover): readonly Creation[] {
  return (["role", "user"] as const).flatMap((kind) => {
    const action = `iam:Create${nounOf(kind)}`;
    const start = `arn:aws:iam::${accountId}:${kind}/`;
    const callers = prover.index.callersDocuments(accountId);
    const arns = callers.flatMap((documents) => madeResources(start, [action], documents));
    return [...new Set(arns)].map((arn) => {
      const made: NamedPrincipal = {
        kind,
        arn,
        accountId,
        tags: {},
        identity: [anyPolicies(arn)],
        ...(kind === "role" && { trust: TRUST }),
      };
      return { made, ways: waysTo(made, prover) };
    });
  });
}

function waysTo(made: NamedPrincipal, prover: Prover): readonly Way[] {
  const noun = nounOf(made.kind);
  const administrator = [textDomain("iam:policyarn", { values: [ADMINISTRATOR], mayBeAbsent: false })];
  return [undefined, ADMINISTRATOR].flatMap((boundary) => {
    const fixed = { [BOUNDARY]: boundary };
    const giving: readonly (readonly [string, Partial<PlainTarget>])[] = [
      [`Put${noun}Policy`, { fixed }],
      [`Attach${noun}Policy`, { fixed, free: administrator }],
    ];
    return giving.map(([action, given]) =>
      together(made, prover, [
        [`Create${noun}`, { fixed }],
        [action, given],
        ...(made.kind === "user" ? [["CreateAccessKey", {}] as const] : []),
      ]),
    );
  });
}

function together(
  { arn, accountId }: NamedPrincipal,
  { index }: Prover,
  calls: readonly (readonly [action: string, given: Partial<PlainTarget>])[],
): Way {
  const frames: readonly Frame[] = calls.map(([action, given]) =>
    plainFrame(`iam:${action}`, { arn, accountId, ...given }, index),
  );
  return { by: frames.map(({ action }) => action).join(" and "), frames };
}

function nounOf(kind: NamedPrincipal["kind"]): "Role" | "User" {
  return kind === "role" ? "Role" : "User";
}
