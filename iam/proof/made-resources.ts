import { ANY_ONE, ANY_RUN, compileGlob, tokenizeGlob, tokenizeLiteral } from "../glob";
import { actionView } from "./action-view";
import { LETTERS } from "./key-domain";
import { globCells } from "./pattern-cells";
import { signVectors } from "./sign-vectors";
import { isKnown, WorldDocument } from "./world";

const FRESH = "made-by-caller";

/**
 * ARNs that a thing which somebody makes may have: one for each way in which the patterns of the documents can match it or
 * not, where they are about one of the actions; first, where it can be, one that none was written for. Patterns with
 * variables are left out.
 *
 * @param start the beginning of each of them: `arn:aws:lambda:eu-west-1:111111111111:function:`, or `*`
 * @param documents what judges one caller
 */
export function madeResources(
  start: string,
  actions: readonly string[],
  documents: readonly WorldDocument[],
): readonly string[] {
  if (start === "*") return ["*"];
  const patterns = documents.flatMap((document) => actions.flatMap((action) => patternsOf(document, action)));
  return namesFor(start, [...new Set(patterns)].filter((pattern) => mayMatch(pattern, start)).sort());
}

function patternsOf(document: WorldDocument, action: string): readonly string[] {
  if (!isKnown(document)) return [];
  const { allows, denies } = actionView(document.policy, action.toLowerCase());
  return [...allows, ...denies].flatMap(({ parts: { statement } }) =>
    [statement.Resource ?? [], statement.NotResource ?? []].flat(),
  );
}

function mayMatch(pattern: string, start: string): boolean {
  if (pattern === "*" || pattern.includes("${")) return false;
  const literal = /^[^*?]*/.exec(pattern)![0];
  return literal.startsWith(start) || start.startsWith(literal);
}

const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 2_000;

function namesFor(start: string, patterns: readonly string[]): readonly string[] {
  const key = [start, ...patterns].join("\n");
  let names = known.get(key);
  if (names === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, (names = patterns.length === 0 ? [start + FRESH] : findNames(start, patterns)));
  }
  return names;
}

function findNames(start: string, patterns: readonly string[]): readonly string[] {
  const tokens = patterns.map(tokenizeGlob);
  const universe = globCells([...tokenizeLiteral(start), ANY_ONE, ANY_RUN]);
  const { texts } = signVectors(tokens.map(globCells), universe, LETTERS);
  const fresh = start + FRESH;
  const freshSigns = tokens.map((pattern) => (compileGlob(pattern)(fresh) ? "1" : "0")).join("");
  const others = texts.filter(({ signs }) => signs !== freshSigns).map(({ text }) => text);
  return [fresh, ...others];
}
