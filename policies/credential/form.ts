interface Form {
  readonly name: string;
  readonly pattern: RegExp;
}

/**
 * Credentials that show themselves by their form, wherever they stand.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 * @see https://www.rfc-editor.org/rfc/rfc7468 for private keys, https://www.rfc-editor.org/rfc/rfc7519 for JSON Web Tokens
 */
const forms: readonly Form[] = [
  { name: "an access key id of AWS", pattern: /(?<![A-Z0-9])(AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/ },
  { name: "a private key", pattern: /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----/ },
  { name: "a JSON Web Token", pattern: /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/ },
  { name: "a URL with a password", pattern: /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?!\$\{)[^\s/@]{3,}@/i },
  {
    name: "a connection string with a password",
    pattern: /(^|;)\s*(password|pwd)\s*=\s*[^;${\s][^;]{2,}(;|$)/i,
  },
  { name: "a live key of Stripe", pattern: /(?<!\w)(sk|rk)_live_[0-9A-Za-z]{16,}/ },
];

/** A word long enough for a token, with a sign that words of people seldom have. */
const longWord = /\S{16}/;
const signs = /[\d:=]/;

/** Whether a look at a text is worth its time: most names and descriptions are short words. */
export function mayHaveForm(text: string): boolean {
  return (
    (longWord.test(text) && signs.test(text)) ||
    text.includes("-----BEGIN ") ||
    text.includes("://") ||
    /(password|pwd)\s*=/i.test(text)
  );
}

/** A secret access key of AWS has no form of its own but its length and randomness. */
const awsSecret = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;

/** Bits a character. Random base64 of 40 characters has 4.4 to 5.1. */
const randomBase64 = 4.2;

/** What credential a text contains, in words: undefined when none shows itself. */
export function credentialForm(text: string): string | undefined {
  const form = forms.find(({ pattern }) => pattern.test(text));
  if (form !== undefined) return form.name;
  const found = [...text.matchAll(awsSecret)].some(
    ([candidate]) => isMixed(candidate) && entropyOf(candidate) >= randomBase64,
  );
  return found ? "a secret access key of AWS" : undefined;
}

/** Least length and bits a character of what counts as random. */
const shortestRandom = 16;
const random = 3.5;

/** Whether a text is one random word: no spaces, letters and digits, long enough. */
export function isRandom(text: string): boolean {
  const value = text.trim();
  if (value.length < shortestRandom || /\s/.test(value)) return false;
  return /[a-z]/i.test(value) && /\d/.test(value) && entropyOf(value) >= random;
}

/** Shannon's entropy of the characters, in bits a character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}

function isMixed(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}
