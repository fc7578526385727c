import { createHash } from "crypto";

/**
 * A file of public keys, of which every line that is not this secret's stays as it is.
 *
 * @see https://man.openbsd.org/sshd.8#AUTHORIZED_KEYS_FILE_FORMAT
 */
export class AuthorizedKeys {
  private constructor(private readonly lines: readonly string[]) {}

  static parse(text: string): AuthorizedKeys {
    const lines = text.split("\n");
    if (lines.at(-1) === "") lines.pop();
    return new AuthorizedKeys(lines);
  }

  render(): string {
    return this.lines.map((line) => `${line}\n`).join("");
  }

  /** The restrictions of a key, such as `from="10.0.0.0/8",no-pty`; empty without any, `undefined` without the key. */
  optionsOf(publicKey: string): string | undefined {
    for (const line of this.lines) {
      const entry = parseEntry(line);
      if (entry?.publicKey === publicKey) return entry.options;
    }
    return undefined;
  }

  /** With one line for the key; lines that it had before are replaced. */
  withKey(publicKey: string, options: string, mark: string): AuthorizedKeys {
    const others = this.lines.filter((line) => parseEntry(line)?.publicKey !== publicKey);
    return new AuthorizedKeys([...others, `${options === "" ? "" : `${options} `}${publicKey} ${mark}`]);
  }

  /** Without these keys, and without keys of the mark that are none of `kept`. */
  without(publicKeys: readonly string[], mark: string, kept: readonly string[]): AuthorizedKeys {
    const isGone = (line: string) => {
      const entry = parseEntry(line);
      if (!entry || kept.includes(entry.publicKey)) return false;
      return publicKeys.includes(entry.publicKey) || entry.comment === mark;
    };
    return new AuthorizedKeys(this.lines.filter((line) => !isGone(line)));
  }
}

/** The comment of a secret's keys, by which those of a rotation that was given up are found. Not secret. */
export function markOf(secretArn: string): string {
  return `strongroom:${createHash("sha256").update(secretArn).digest("hex").slice(0, 16)}`;
}

interface Entry {
  readonly options: string;
  readonly publicKey: string;
  readonly comment: string;
}

const keyType = /^(ssh-|ecdsa-sha2-|sk-)[\w@.-]+$/;

/** Options hold no blank outside of quotes, inside of which `\"` is a quote. */
function parseEntry(line: string): Entry | undefined {
  if (/^\s*(#|$)/.test(line)) return undefined;
  const [first = ""] = /^\s*(?:"(?:\\"|[^"])*"|[^\s"])+/.exec(line) ?? [];
  const options = keyType.test(first.trim()) ? "" : first.trim();
  const rest = (options === "" ? line : line.slice(first.length)).trim();
  const [type = "", blob = "", ...comment] = rest.split(/\s+/);
  return keyType.test(type)
    ? { options, publicKey: `${type} ${blob}`, comment: comment.join(" ") }
    : undefined;
}
