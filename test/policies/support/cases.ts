import { strict as assert } from "assert";
import { buildGraph } from "../../../policies/stack/graph";
import { Organization } from "../../../policies/organization";
import { Resource } from "../../../policies/stack/resource";
import { isAbout, Rule } from "../../../policies/rule";
import { findingsOf, Said } from "./stack";

/** One stack and everything a rule has to say about it. */
export interface Case {
  readonly name: string;
  readonly stack: readonly Resource[];
  readonly config?: object;
  readonly organization?: Partial<Organization>;
  readonly says: readonly Said[];
}

/** The cases of every rule tested so far in this run, for what has to hold of all of them. */
export const testedCases = new Map<Rule, Case[]>();

/** A test for each case: the whole list of findings has to be equal, so that one too many fails as well. */
export function testRule(rule: Rule, cases: readonly Case[]): void {
  testedCases.set(rule, [...(testedCases.get(rule) ?? []), ...cases]);
  describe(`${rule.code} ${rule.id}`, () => {
    for (const { name, stack, config, organization, says } of cases) {
      it(name, async () => {
        await prepared(rule, stack);
        assert.deepEqual(findingsOf(rule, stack, config, organization), says);
      });
    }
  });
}

/** A violation on the resource of this name. */
export const violates = (on: string, violation: string): Said => ({ on, violation });

/** Something that cannot be told yet: `reason / what decides it`. */
export const waits = (on: string, undecided: string): Said => ({ on, undecided });

/** What a rule waits for before it judges a stack. */
export async function prepared(rule: Rule, stack: readonly Resource[]): Promise<void> {
  if (rule.kind === "graph") await rule.prepare?.(buildGraph(stack));
  else for (const one of stack.filter(({ type }) => isAbout(rule, type))) await rule.prepare?.(one);
}
