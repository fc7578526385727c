const SYMBOL = /[\ue000-\uf8ff]/;

/** ARNs of resources, to be found by the beginning of a pattern. */
export class ResourceList {
  private readonly arns: readonly string[];
  private symbolicResources?: ReadonlyMap<string, readonly string[]>;

  constructor(arns: Iterable<string>) {
    this.arns = [...new Set(arns)].sort();
  }

  /** Whether it is one of them. */
  has(arn: string): boolean {
    return this.arns[this.firstFrom(arn)] === arn;
  }

  /** The resources that begin as a pattern does before its first wildcard. */
  startingLike(patterns: readonly string[]): ReadonlySet<string> {
    const found = new Set<string>();
    for (const pattern of patterns) {
      const prefix = /^[^*?\ue000-\uf8ff]*/.exec(pattern)![0];
      for (let at = this.firstFrom(prefix); this.arns[at]?.startsWith(prefix) === true; at++) {
        found.add(this.arns[at]!);
      }
      const symbolic = this.symbolic();
      for (let length = 0; symbolic.size > 0 && length < prefix.length; length++) {
        for (const other of symbolic.get(prefix.slice(0, length)) ?? []) found.add(other);
      }
    }
    return found;
  }

  /** Resources of which only a beginning is known, by it: a longer pattern may come to match them. */
  private symbolic(): ReadonlyMap<string, readonly string[]> {
    if (this.symbolicResources === undefined) {
      const found = new Map<string, string[]>();
      for (const arn of this.arns) {
        const start = arn.search(SYMBOL);
        if (start === -1) continue;
        const beginning = arn.slice(0, start);
        found.set(beginning, [...(found.get(beginning) ?? []), arn]);
      }
      this.symbolicResources = found;
    }
    return this.symbolicResources;
  }

  private firstFrom(prefix: string): number {
    let low = 0;
    let high = this.arns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.arns[middle]! < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
