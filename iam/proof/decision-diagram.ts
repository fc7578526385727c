/** A function of choices: a constant, or the function that each choice at a level leaves. Equal functions are one. */
export type Diagram = Leaf | Branch;

export interface Leaf {
  readonly id: 0 | 1;
  readonly level: typeof LEAF_LEVEL;
}

export interface Branch {
  readonly id: number;
  /** Position of the choice in the order of all choices; those below come later. */
  readonly level: number;
  readonly children: readonly Diagram[];
}

/** Later than all choices. */
export const LEAF_LEVEL = Number.MAX_SAFE_INTEGER;
export const NEVER: Leaf = { id: 0, level: LEAF_LEVEL };
export const ALWAYS: Leaf = { id: 1, level: LEAF_LEVEL };

/** The alternatives taken at some levels. */
export type Term = readonly { readonly level: number; readonly chosen: ReadonlySet<number> }[];

/** Makes diagrams, each once. */
export class Diagrams {
  private readonly branches = new Map<string, Branch>();
  private readonly implied = new Map<string, boolean>();

  /** The function that takes the child of the alternative chosen at the level. */
  branch(level: number, children: readonly Diagram[]): Diagram {
    const first = children[0]!;
    if (children.every((child) => child === first)) return first;
    const key = `${level}:${children.map(({ id }) => id).join()}`;
    let known = this.branches.get(key);
    if (known === undefined) {
      known = { id: this.branches.size + 2, level, children };
      this.branches.set(key, known);
    }
    return known;
  }

  /** Without the choices from a level on: true when some of them, or when each of them, makes it true. */
  project(diagram: Diagram, from: number, quantifier: "some" | "each"): Diagram {
    if (isLeaf(diagram)) return diagram;
    const children = diagram.children.map((child) => this.project(child, from, quantifier));
    if (diagram.level < from) return this.branch(diagram.level, children);
    const decisive = quantifier === "some" ? ALWAYS : NEVER;
    return children.includes(decisive) ? decisive : quantifier === "some" ? NEVER : ALWAYS;
  }

  /** Whether the second is true wherever the first is. */
  implies(one: Diagram, other: Diagram): boolean {
    if (one === NEVER || other === ALWAYS || one === other) return true;
    if (one === ALWAYS || other === NEVER) return false;
    const key = `${one.id} ${other.id}`;
    let known = this.implied.get(key);
    if (known === undefined) {
      known = this.impliesBelow(one, other);
      this.implied.set(key, known);
    }
    return known;
  }

  private impliesBelow(one: Diagram, other: Diagram): boolean {
    const level = Math.min(one.level, other.level);
    const [left, right] = [childrenAt(one, level), childrenAt(other, level)];
    const count = Math.max(left.length, right.length);
    return Array.from({ length: count }).every((_, index) =>
      this.implies(left[index] ?? one, right[index] ?? other),
    );
  }

  /** Terms of which one at least holds exactly where the diagram is true; each as wide as can be. */
  terms(diagram: Diagram): readonly Term[] {
    if (isLeaf(diagram)) return diagram === ALWAYS ? [[]] : [];
    const distinct = [...new Set(diagram.children)].filter((child) => child !== NEVER);
    return distinct.flatMap((child) => {
      const wide = diagram.children.flatMap((other, index) => (this.implies(child, other) ? [index] : []));
      const rest = this.terms(child);
      if (wide.length === diagram.children.length) return rest;
      return rest.map((term) => [{ level: diagram.level, chosen: new Set(wide) }, ...term]);
    });
  }
}

/** A way to make the diagram true: the alternative at each level that matters; `undefined` when there is none. */
export function wayTo(diagram: Diagram): ReadonlyMap<number, number> | undefined {
  if (diagram === NEVER) return undefined;
  const way = new Map<number, number>();
  let at = diagram;
  while (!isLeaf(at)) {
    const index = at.children.findIndex((child) => child !== NEVER);
    way.set(at.level, index);
    at = at.children[index]!;
  }
  return way;
}

/** Levels at which a choice makes a difference. */
export function levelsOf(
  diagram: Diagram,
  found = new Set<number>(),
  seen = new Set<Diagram>(),
): ReadonlySet<number> {
  if (isLeaf(diagram) || seen.has(diagram)) return found;
  seen.add(diagram);
  found.add(diagram.level);
  for (const child of diagram.children) levelsOf(child, found, seen);
  return found;
}

function isLeaf(diagram: Diagram): diagram is Leaf {
  return diagram.level === LEAF_LEVEL;
}

function childrenAt(diagram: Diagram, level: number): readonly Diagram[] {
  return !isLeaf(diagram) && diagram.level === level ? diagram.children : [];
}
