import { tokenizeGlob, tokenizeLiteral } from "../glob";
import { arnCells, Cells, globCells } from "./pattern-cells";
import { signVectors } from "./sign-vectors";
import { hasSymbol, shapeOf } from "./symbol";

const known = new Map<string, boolean>();
const certain = new Map<string, boolean>();
const OTHERS = "xyz0123456789abcdef";

/**
 * Whether a text of a policy, which does not match a value as the two are written, may match it once the symbols in
 * one of them are known. Two different symbols never become equal.
 */
export function mayComeToMatch(pattern: string, value: string): boolean {
  if (hasSymbol(pattern) === hasSymbol(value) || !beginAlike(pattern, value)) return false;
  const key = `${pattern}\n${value}`;
  let answer = known.get(key);
  if (answer === undefined) {
    answer = overlaps(shaped(pattern, true), shaped(value, false));
    known.set(key, answer);
  }
  return answer;
}

/**
 * Whether a text of a policy, which matches a value as the two are written, goes on matching it whatever the value's
 * symbols turn out to be: `secret:orders-??????` matches six characters, and not any number of them.
 */
export function certainlyMatches(pattern: string, value: string): boolean {
  if (pattern === value || pattern === "*" || !hasSymbol(value)) return true;
  const key = `${pattern}\n${value}`;
  let answer = certain.get(key);
  if (answer === undefined) {
    const { texts, complete } = signVectors(
      [shaped(pattern, true, pattern)],
      shaped(value, false, pattern),
      OTHERS,
    );
    answer = complete && texts.length > 0 && texts.every(({ signs }) => signs === "1");
    certain.set(key, answer);
  }
  return answer;
}

/** Whether the two are the same as far as both are known. */
function beginAlike(pattern: string, value: string): boolean {
  const length = Math.min(pattern.search(OPEN) >>> 0, value.search(SYMBOL) >>> 0);
  return pattern.slice(0, length) === value.slice(0, length);
}

const SYMBOL = /[\ue000-\uf8ff]/;
const OPEN = /[*?$\ue000-\uf8ff]/;

/** A text with the shapes of its symbols in their place, but for those of another text. */
function shaped(text: string, isPattern: boolean, other = ""): Cells {
  const tokenize = isPattern ? tokenizeGlob : tokenizeLiteral;
  const tokens = shapeOf(text, other).flatMap(({ text: part, isShape }) =>
    isShape ? tokenizeGlob(part) : tokenize(part),
  );
  // One that may be anything need not be an ARN.
  return tokens.length === 1 ? globCells(tokens) : (arnCells(tokens) ?? globCells(tokens));
}

function overlaps(one: Cells, other: Cells): boolean {
  return signVectors([one], other, OTHERS).texts.some(({ signs }) => signs === "1");
}
