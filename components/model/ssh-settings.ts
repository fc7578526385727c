/** How the host of an SSH key pair is known, and where it keeps public keys. */
export interface SshSettings {
  /** SHA-256 fingerprints of the host's keys as `ssh-keygen -lf` prints them, such as `SHA256:…`; one at least. */
  readonly hostKeys: readonly string[];
  /** @default ".ssh/authorized_keys" in the user's home */
  readonly authorizedKeysFile?: string;
}

/** Everything that is wrong with settings of unknown origin. */
export function sshProblems(settings: Record<string, unknown>): string[] {
  const { hostKeys, authorizedKeysFile: file } = settings;
  const isFingerprint = (key: unknown) => typeof key === "string" && /^SHA256:[A-Za-z0-9+/]{43}$/.test(key);
  const arePinned = Array.isArray(hostKeys) && hostKeys.length > 0 && hostKeys.every(isFingerprint);
  const isFile =
    file === undefined || (typeof file === "string" && /^[^\0]+$/.test(file) && !file.endsWith("/"));
  return [
    ...(arePinned ? [] : ["ssh.hostKeys: expected fingerprints as `ssh-keygen -lf` prints them, SHA256:…"]),
    ...(isFile ? [] : ["ssh.authorizedKeysFile: expected the path of a file"]),
  ];
}
