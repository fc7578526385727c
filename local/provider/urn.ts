/** Resource name of a URN, which may itself contain `::`. */
export function nameOfUrn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Type token of a URN without the types of its parents. */
export function tokenOfUrn(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").pop()!;
}
