import { AccessWorld, MANAGED_KEY } from "./world";

/** ARNs of everything that requests of the proof are about. */
export function resourcesOf({ secrets, keys, principals, functions }: AccessWorld): readonly string[] {
  const copies = secrets.flatMap((secret) => secret.copies);
  return [
    ...copies.map(({ arn }) => arn),
    ...copies.flatMap(({ key }) => (key === MANAGED_KEY ? [] : [key])),
    ...[keys, principals, functions].flatMap((list) => list.map(({ arn }) => arn)),
  ];
}
