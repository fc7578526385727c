import { CannotTell, Conjunction } from "./answer";
import { Atom } from "./atom";
import { describeValues } from "./describe-values";
import { KeyValue, Route } from "./key-domain";
import { OpenTest } from "./open-test";
import { Endpoint } from "./world";

/** Values of the keys of a group that can stand in one request. Keys of forwarded requests start with `>`. */
export interface Member {
  readonly values: ReadonlyMap<string, KeyValue>;
  /** The endpoint of the world that the call comes through. */
  readonly endpoint?: Endpoint;
}

/** Members that no test tells apart; the first stands for all. */
export interface Alternative {
  readonly members: readonly Member[];
}

/** A choice that a request leaves open. */
export interface Dimension {
  readonly group: string;
  readonly alternatives: readonly Alternative[];
  /** Conjunctions of which one must hold for exactly these alternatives; one of them at least, and not all. */
  readonly describe: (chosen: ReadonlySet<number>) => readonly Conjunction[];
  /** When the alternatives are not all there are. */
  readonly inexact?: CannotTell;
}

/** What a group is made of. */
export interface Candidates {
  readonly members: readonly Member[];
  /** How the policies cut the values of each key; keys in the order in which to describe by them. */
  readonly atoms: ReadonlyMap<string, readonly Atom[]>;
  readonly complete: boolean;
}

/** The value of a key in a request that came so. */
export function memberValue({ values }: Member, key: string, route: Route): KeyValue {
  const forwarded = `>${key}`;
  return route === "forwarded" && values.has(forwarded) ? values.get(forwarded) : values.get(key);
}

/** Puts members together that no test tells apart. */
export function dimensionOf(
  group: string,
  candidates: Candidates,
  tests: readonly OpenTest[],
  endpointOf: (member: Member) => string,
): Dimension {
  const { members, atoms, complete } = candidates;
  const alone = tests.filter(({ keys }) => keys.every(({ domain }) => domain.group === group));
  const related = alone.length < tests.length;
  const classes = new Map<string, Member[]>();
  members.forEach((member, index) => {
    const truth = alone.map(({ frame, holds }) => holds((key) => memberValue(member, key, frame.route)));
    const text = `${truth.join()} ${endpointOf(member)} ${related ? index : ""}`;
    const same = classes.get(text);
    if (same === undefined) classes.set(text, [member]);
    else same.push(member);
  });
  const alternatives = [...classes.values()].map((list): Alternative => ({ members: list }));
  const described = new Map<string, readonly Conjunction[]>();
  return {
    group,
    alternatives,
    describe: (chosen) => {
      const key = [...chosen].join();
      let known = described.get(key);
      if (known === undefined) {
        described.set(key, (known = describeMembers(markedMembers(alternatives, chosen), [...atoms])));
      }
      return known;
    },
    ...(!complete && { inexact: inexactness(group) }),
  };
}

function markedMembers(
  alternatives: readonly Alternative[],
  chosen: ReadonlySet<number>,
): readonly MarkedMember[] {
  return alternatives.flatMap(({ members }, index) =>
    members.map((member) => ({ member, chosen: chosen.has(index) })),
  );
}

function inexactness(group: string): CannotTell {
  const reason = "the conditions on it have too many cases, or compare it in ways that do not go together";
  return { kind: "too-many-cases", subject: group.replace(/^key:/, ""), reason };
}

interface MarkedMember {
  readonly member: Member;
  readonly chosen: boolean;
}

/** By one key when one is enough, else key after key. */
function describeMembers(
  marked: readonly MarkedMember[],
  keys: readonly (readonly [string, readonly Atom[]])[],
): readonly Conjunction[] {
  if (marked.every(({ chosen }) => chosen)) return [[]];
  if (!marked.some(({ chosen }) => chosen)) return [];
  for (const [key, atoms] of keys) {
    const groups = [...byValue(marked, key).values()];
    if (
      groups.length > 1 &&
      groups.every((group) => group.every(({ chosen }) => chosen === group[0]!.chosen))
    ) {
      return describeValues(key, groups.map(asMarkedValue(key)), atoms);
    }
  }
  const [first, ...rest] = keys;
  if (first === undefined) return [[]];
  const [key, atoms] = first;
  const groups = [...byValue(marked, key).values()];
  if (groups.length === 1) return describeMembers(marked, rest);
  return groupsByRest(groups, rest).flatMap(({ alike, more }) => {
    const values = groups.map((one) => ({ value: one[0]!.member.values.get(key), chosen: alike.has(one) }));
    const own = describeValues(key, values, atoms);
    return more.flatMap((conditions) => own.map((first) => [...first, ...conditions]));
  });
}

/** Groups of which the same must hold otherwise are described together. */
function groupsByRest(
  groups: readonly (readonly MarkedMember[])[],
  rest: readonly (readonly [string, readonly Atom[]])[],
): readonly { readonly alike: Set<readonly MarkedMember[]>; readonly more: readonly Conjunction[] }[] {
  const found = new Map<string, { alike: Set<readonly MarkedMember[]>; more: readonly Conjunction[] }>();
  for (const group of groups) {
    const more = describeMembers(group, rest);
    if (more.length === 0) continue;
    const text = JSON.stringify(more);
    const known = found.get(text);
    if (known === undefined) found.set(text, { alike: new Set([group]), more });
    else known.alike.add(group);
  }
  return [...found.values()];
}

function asMarkedValue(key: string) {
  return (group: readonly MarkedMember[]) => ({
    value: group[0]!.member.values.get(key),
    chosen: group[0]!.chosen,
  });
}

function byValue(marked: readonly MarkedMember[], key: string): ReadonlyMap<string, readonly MarkedMember[]> {
  const groups = new Map<string, MarkedMember[]>();
  for (const one of marked) {
    const value = one.member.values.get(key);
    const text = value === undefined ? "" : JSON.stringify(value);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [one]);
    else group.push(one);
  }
  return groups;
}
