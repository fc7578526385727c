/** What is known of a value that is not known yet. */
export interface SymbolFacts {
  /** What it is the value of, for messages: "suffix of secret orders/database". Also what makes two symbols equal. */
  readonly of: string;
  /**
   * Every value it may have matches this glob; `??????` for the six characters at the end of a secret's ARN, `*` when
   * nothing is known.
   */
  readonly shape: string;
}

const known = new Map<string, { readonly text: string; readonly facts: SymbolFacts }>();
const byText = new Map<string, SymbolFacts>();
const FIRST = 0xe000;
const COUNT = 0x1900;
const LENGTH = 6;
const ANY = /[\ue000-\uf8ff]/;
const PIECES = /([\ue000-\uf8ff]{6})/;
const TEXT = /[\ue000-\uf8ff]{6}/g;

/**
 * A text of six characters of the Unicode private use area that stands for the unknown value in ARNs and documents:
 * the same for the same `of`, different from every other and from every text AWS knows. `*` matches it and, when six
 * characters long, `??????`. A literal that it may turn out to be is answered with "cannot tell".
 */
export function symbolFor(facts: SymbolFacts): string {
  const existing = known.get(facts.of);
  if (existing !== undefined) return existing.text;
  const text = textOf(known.size);
  known.set(facts.of, { text, facts });
  byText.set(text, facts);
  return text;
}

/** The symbols in a text, in order. */
export function symbolsIn(text: string): readonly SymbolFacts[] {
  return [...text.matchAll(TEXT)].flatMap(([found]) => byText.get(found) ?? []);
}

/** Whether a symbol stands in the text. */
export function hasSymbol(text: string): boolean {
  return ANY.test(text);
}

/**
 * The text in pieces, with the shape of each symbol in its place.
 *
 * @param other text whose symbols stay as they are
 */
export function shapeOf(
  text: string,
  other = "",
): readonly { readonly text: string; readonly isShape: boolean }[] {
  return text.split(PIECES).map((piece) => {
    const facts = other.includes(piece) ? undefined : byText.get(piece);
    return facts === undefined ? { text: piece, isShape: false } : { text: facts.shape, isShape: true };
  });
}

/** The text with `<suffix of secret orders/database>` in place of each symbol. */
export function readable(text: string): string {
  return text.replace(TEXT, (found) => {
    const facts = byText.get(found);
    return facts === undefined ? found : `<${facts.of}>`;
  });
}

function textOf(index: number): string {
  let rest = index;
  let text = "";
  for (let position = 0; position < LENGTH; position++) {
    text = String.fromCharCode(FIRST + (rest % COUNT)) + text;
    rest = Math.floor(rest / COUNT);
  }
  return text;
}
