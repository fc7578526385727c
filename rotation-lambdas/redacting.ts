const hidden = "[redacted]";

/** Remembers the secret texts of one invocation and removes them from anything that is written. */
export class Redactor {
  private readonly secrets = new Set<string>();

  /** Also remembers how the text looks inside JSON and inside a URL. Very short texts would blank out the log. */
  remember(secret: string): void {
    if (secret.length < 4) return;
    const quoted = JSON.stringify(secret).slice(1, -1);
    const wellFormed = Buffer.from(secret).toString();
    for (const form of [secret, quoted, encodeURIComponent(wellFormed)]) this.secrets.add(form);
  }

  redact(text: string): string {
    const longestFirst = [...this.secrets].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((result, secret) => result.replaceAll(secret, hidden), text);
  }
}
