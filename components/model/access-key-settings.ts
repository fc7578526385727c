/** Whose access keys a secret holds. */
export interface AccessKeySettings {
  /** The IAM user, without its path; it belongs to the secret, and nobody else makes keys for it. */
  readonly userName: string;
  /**
   * Who asks IAM for the new key: the function's role, or the current key for its own user, as the user of another
   * account must.
   *
   * @default "function"
   */
  readonly changedBy?: "function" | "own-key";
  /**
   * When the key that AWSPREVIOUS names is deleted: as the next rotation begins, so that no application is ever refused,
   * or as soon as AWSCURRENT has moved.
   *
   * @default "next-rotation"
   */
  readonly deleteOld?: "next-rotation" | "at-finish";
  /**
   * Hours after a promotion in which the old key may still be used. A key that was used later is not deleted: some
   * application does not read the secret anew, and the rotation stops before it changes anything. 0 to 8760.
   *
   * @default 24
   */
  readonly graceHours?: number;
}

/** Everything that is wrong with settings of unknown origin. */
export function accessKeyProblems(settings: Record<string, unknown>): string[] {
  const { userName, changedBy, deleteOld, graceHours } = settings;
  const isName = typeof userName === "string" && /^[\w+=,.@-]{1,64}$/.test(userName);
  const isGrace = typeof graceHours === "number" && graceHours >= 0 && graceHours <= 8760;
  return [
    ...(isName ? [] : ["accessKey.userName: expected the name of an IAM user, without its path"]),
    ...choice("accessKey.changedBy", changedBy, ["function", "own-key"]),
    ...choice("accessKey.deleteOld", deleteOld, ["next-rotation", "at-finish"]),
    ...(graceHours === undefined || isGrace ? [] : ["accessKey.graceHours: expected 0 to 8760"]),
  ];
}

function choice(path: string, value: unknown, allowed: readonly string[]): string[] {
  if (value === undefined || allowed.includes(value as string)) return [];
  return [`${path}: expected one of ${allowed.join(", ")}`];
}
