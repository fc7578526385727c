/** The version that is built where no suitable `pulumi` is installed; go.mod pins the same one. */
export const pinnedVersion = "3.259.0";

/**
 * The oldest `pulumi` on `PATH` that is used: `pulumi policy analyze`, which judges a deployed stack without running its
 * program, came with this version.
 */
export const minimumVersion = "3.229.0";

/** The oldest Go that builds the pinned version, as `major.minor`. */
export const minimumGoVersion = "1.25";

/** `3.259.0` from a text such as `v3.259.0` or `go version go1.26.8 linux/amd64`; undefined when there is none. */
export function findVersion(text: string): string | undefined {
  return /\d+\.\d+(\.\d+)?/.exec(text)?.[0];
}

/** Whether `version` is `minimum` or later; missing parts count as 0. */
export function isAtLeast(version: string, minimum: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, wanted] of minimum.split(".").map(Number).entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}
