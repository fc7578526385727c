/** Stands for `*` in a glob: any run of characters, also an empty one. */
export const ANY_RUN = -1;

/** Stands for `?` in a glob: exactly one character. */
export const ANY_ONE = -2;

/** A pattern as UTF-16 code units and the two wildcards, so that an escaped `${*}` stays a plain star. */
export type GlobTokens = readonly number[];

const STAR = "*".charCodeAt(0);
const QUESTION_MARK = "?".charCodeAt(0);

/** Reads `*` and `?` as wildcards, everything else as itself. */
export function tokenizeGlob(pattern: string): GlobTokens {
  return tokenizeLiteral(pattern).map((unit) =>
    unit === STAR ? ANY_RUN : unit === QUESTION_MARK ? ANY_ONE : unit,
  );
}

/** Reads every character as itself. */
export function tokenizeLiteral(text: string): GlobTokens {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** The text of the tokens, wildcards written as `*` and `?`. */
export function textOf(tokens: GlobTokens): string {
  return String.fromCharCode(
    ...tokens.map((unit) => (unit === ANY_RUN ? STAR : unit === ANY_ONE ? QUESTION_MARK : unit)),
  );
}

/** Chooses the cheapest test for the shape of the pattern: constant, equality, prefix, or the general walk. */
export function compileGlob(tokens: GlobTokens): (text: string) => boolean {
  const firstWildcard = tokens.findIndex((unit) => unit < 0);
  if (firstWildcard === -1) {
    const literal = textOf(tokens);
    return (text) => text === literal;
  }
  if (firstWildcard === tokens.length - 1 && tokens[firstWildcard] === ANY_RUN) {
    const prefix = textOf(tokens.slice(0, firstWildcard));
    return prefix === "" ? () => true : (text) => text.startsWith(prefix);
  }
  return (text) => matchesGlob(tokens, text);
}

/** Walks both once, going back to the latest `*` on a mismatch: O(pattern x text), no recursion. */
export function matchesGlob(tokens: GlobTokens, text: string): boolean {
  let token = 0;
  let position = 0;
  let retryToken = -1;
  let retryPosition = 0;
  while (position < text.length) {
    const unit = tokens[token];
    if (unit === ANY_RUN) {
      retryToken = ++token;
      retryPosition = position;
    } else if (unit === ANY_ONE || unit === text.charCodeAt(position)) {
      token++;
      position++;
    } else if (retryToken !== -1) {
      token = retryToken;
      position = ++retryPosition;
    } else {
      return false;
    }
  }
  while (tokens[token] === ANY_RUN) token++;
  return token === tokens.length;
}
