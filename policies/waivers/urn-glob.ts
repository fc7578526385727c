import { compileGlob, tokenizeGlob } from "../../iam/glob";

/** Whether a URN fits. `*` stands for any text, also across `::`. */
export function urnMatcher(glob: string): (urn: string) => boolean {
  return compileGlob(tokenizeGlob(glob));
}

/**
 * Whether the glob fits any resource of this stack, whatever it is called: a waiver for another stack is not unused here.
 *
 * @param prefix such as `urn:pulumi:dev::orders::`
 */
export function canMatchUnder(glob: string, prefix: string): boolean {
  let positions = skipStars(glob, new Set([0]));
  for (const character of prefix) {
    const next = new Set<number>();
    for (const position of positions) {
      const expected = glob[position];
      if (expected === "*") next.add(position);
      else if (expected === "?" || expected === character) next.add(position + 1);
    }
    positions = skipStars(glob, next);
  }
  return positions.size > 0;
}

/** A star may also stand for nothing. */
function skipStars(glob: string, positions: Set<number>): Set<number> {
  for (const position of positions) if (glob[position] === "*") positions.add(position + 1);
  return positions;
}

/**
 * Whether the glob says nothing about which resource: its last part, the resource's name, is wildcards only, or there is
 * no `::` at all.
 */
export function fitsEveryName(glob: string): boolean {
  const name = glob.slice(glob.lastIndexOf("::") + 2);
  return !glob.includes("::") || /^[*?:]*$/.test(name);
}
