import { strict as assert } from "assert";
import { Organization } from "../../../policies/organization";
import { Resource } from "../../../policies/resource";
import { Rule } from "../../../policies/rule";
import { findingsOf, Said } from "./stack";

/** One stack and everything a rule has to say about it. */
export interface Case {
  readonly name: string;
  readonly stack: readonly Resource[];
  readonly config?: object;
  readonly organization?: Partial<Organization>;
  readonly says: readonly Said[];
}

/** A test for each case: the whole list of findings has to be equal, so that one too many fails as well. */
export function testRule(rule: Rule, cases: readonly Case[]): void {
  describe(`${rule.code} ${rule.id}`, () => {
    for (const { name, stack, config, organization, says } of cases) {
      it(name, () => assert.deepEqual(findingsOf(rule, stack, config, organization), says));
    }
  });
}
