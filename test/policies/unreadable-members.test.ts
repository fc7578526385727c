import { strict as assert } from "assert";
import { readdirSync } from "fs";
import { join } from "path";
import { unknownCheckingProxy } from "@pulumi/policy";
import { rules } from "../../policies/rules";
import { Path, Resource } from "../../policies/stack/resource";
import { Case, prepared, testedCases } from "./support/cases";
import { findingsOf, unknownArray, unknownObject, unknownText } from "./support/stack";

/** The tests of the rules bring the cases; where they have been loaded before, this does nothing. */
const folder = join(__dirname, "rules");
for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
  if (file.endsWith(".test.ts")) require(join(folder, file));
}

/** As often as this the same member of a type is tried with one rule, in different cases. */
const often = 3;

/** Every path to a member, from the outside in. */
function pathsIn(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    return [path, ...pathsIn(member, path)];
  });
}

/** What a preview has in place of the member, by its kind. */
function unknownFor(member: unknown): string {
  if (typeof member !== "object") return unknownText;
  return Array.isArray(member) ? unknownArray : unknownObject;
}

function replaced(value: unknown, [key, ...rest]: Path, change: (member: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const copy: any = Array.isArray(value) ? [...value] : { ...(value as object) };
  copy[key] = replaced(copy[key], rest, change);
  return copy;
}

/** Properties as the program gave them, without the SDK's proxy, which throws where one is not known. */
const plainProps = ({ props }: Resource): object =>
  (props as { readonly __getSpecialProxyTarget: object }).__getSpecialProxyTarget;

interface Variant extends Case {
  readonly member: string;
}

/** Each case as often as its resources have members that were not tried yet, each time with one of them unreadable. */
function variantsOf(cases: readonly Case[], change: (member: unknown) => unknown): readonly Variant[] {
  const tried = new Map<string, number>();
  const isNew = (member: string): boolean => {
    const times = (tried.get(member) ?? 0) + 1;
    tried.set(member, times);
    return times <= often;
  };
  return cases.flatMap((one) =>
    one.stack.flatMap((resource, place) =>
      pathsIn(plainProps(resource)).flatMap((path) => {
        const member = `${resource.type} ${path.join(".")}`;
        if (!isNew(member)) return [];
        const changed = {
          ...resource,
          props: unknownCheckingProxy(replaced(plainProps(resource), path, change)),
          propertyDependencies: { [String(path[0])]: [], ...resource.propertyDependencies },
        };
        return [{ ...one, member, stack: one.stack.with(place, changed) }];
      }),
    ),
  );
}

describe("a member that nobody can read", () => {
  const tested = [...testedCases];

  it("is tried with every rule", () => {
    const missing = rules.filter((rule) => !testedCases.has(rule));
    assert.deepEqual(
      missing.map(({ id }) => id),
      [],
    );
  });

  for (const [rule, cases] of tested) {
    for (const [why, change] of [
      ["not known in a preview", unknownFor],
      ["redacted in an exported state", () => "[secret]"],
    ] as const) {
      it(`leaves ${rule.code} with an answer when it is ${why}`, async () => {
        for (const { name, member, stack, config, organization } of variantsOf(cases, change)) {
          await prepared(rule, stack);
          assert.doesNotThrow(() => findingsOf(rule, stack, config, organization), `${name}: ${member}`);
        }
      });
    }
  }
});
