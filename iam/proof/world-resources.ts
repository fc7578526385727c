import { AccessWorld, MANAGED_KEY } from "./world";

/** ARNs of everything that requests of the proof are about. */
export function resourcesOf({
  secrets,
  keys,
  principals,
  functions,
  groups = [],
}: AccessWorld): readonly string[] {
  const copies = secrets.flatMap((secret) => secret.copies);
  return [
    ...copies.map(({ arn }) => arn),
    ...copies.flatMap(({ key }) => (key === MANAGED_KEY ? [] : [key])),
    ...[keys, principals, functions, groups].flatMap((list) => list.map(({ arn }) => arn)),
    ...principals.flatMap(({ boundaryArn, managedPolicies = [], groups: own = [] }) => [
      ...(boundaryArn === undefined ? [] : [boundaryArn]),
      ...managedPolicies,
      ...own,
    ]),
  ];
}
