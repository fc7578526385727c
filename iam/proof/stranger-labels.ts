import { Atom } from "./atom";
import { arnCondition } from "./class-subjects";
import { keyCondition } from "./condition-text";

/** How a principal that was made up to stand for others is told apart by its ARN. */
export function madeUpCondition(arn: string, made: readonly string[], atoms: readonly Atom[]) {
  if (!made.includes(arn)) return arnCondition([arn]);
  const matched = atoms.filter((atom) => atom.matches(arn)).map(({ text }) => text);
  const others = atoms.filter((atom) => !atom.matches(arn)).map(({ text }) => text);
  const kind = `${arn.split("/")[0]!}/*`;
  return arnCondition(matched.length > 0 ? [...new Set(matched)] : [kind], [...new Set(others)]);
}

/** How an account that was made up is told apart. */
export function accountCondition(accountId: string, accountAtoms: readonly Atom[]) {
  const matched = [
    ...new Set(accountAtoms.filter((atom) => atom.matches(accountId)).map(({ text }) => text)),
  ];
  const others = [
    ...new Set(accountAtoms.filter((atom) => !atom.matches(accountId)).map(({ text }) => text)),
  ];
  return keyCondition({ key: "aws:PrincipalAccount", anyOf: matched, noneOf: others, absent: "must not be" });
}

export function organizationCondition(
  anyOf: readonly string[],
  absent: "must be" | "must not be" = "must not be",
) {
  return keyCondition({ key: "aws:PrincipalOrgID", anyOf, noneOf: [], absent });
}

export function kindCondition(kind: "root" | "user" | "role-session") {
  const type = { root: "Account", user: "User", "role-session": "AssumedRole" }[kind];
  return keyCondition({ key: "aws:PrincipalType", anyOf: [type], noneOf: [], absent: "must not be" });
}
