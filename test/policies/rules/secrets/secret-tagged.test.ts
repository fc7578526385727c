import { secretTagged } from "../../../../policies/rules/secrets/secret-tagged";
import { Case, testRule } from "../../support/cases";
import { resource, unknownObject, unknownText } from "../../support/stack";

const fix = "Tag the secret with who answers for it and with the class of its data";
const secret = (props: Record<string, unknown>) => [resource("secret", "orders", { props })];
const lacks = (what: string, tags: string): Case["says"] => [
  { on: "orders", violation: `no tag of Secret "orders" says ${what}. ${fix}: ${tags}.` },
];
const noOwner = lacks("who answers for it", "strongroom:owner");
const noClass = lacks("a known class of its data", "strongroom:data-class");
const neither = lacks(
  "who answers for it or a known class of its data",
  "strongroom:owner and strongroom:data-class",
);
const unknownTags = (property = "tags") => ({
  on: "orders",
  undecided: `the tags of Secret "orders" are not known / the value of \`${property}\``,
});

/** Tags, and what is missing in them. */
const tags: readonly (readonly [string, Record<string, unknown>, Case["says"]])[] = [
  ["both", { "strongroom:owner": "team-a", "strongroom:data-class": "internal" }, []],
  ["both by other names, in any case", { Team: "a", DataClassification: "x", "Data-Class": "internal" }, []],
  ["no owner", { "data-class": "internal" }, noOwner],
  ["an empty owner", { owner: " ", "data-class": "internal" }, noOwner],
  ["no class", { owner: "a" }, noClass],
  ["an empty class", { owner: "a", classification: "" }, noClass],
  ["others only", { Name: "orders" }, neither],
  ["none", {}, neither],
  ["an owner that is not known", { owner: unknownText, "data-class": "internal" }, [unknownTags()]],
  ["a redacted owner", { owner: "[secret]", "data-class": "internal" }, [unknownTags()]],
];

testRule(secretTagged, [
  ...tags.map(([name, given, says]): Case => ({ name, stack: secret({ tags: given }), says })),
  { name: "no tags at all", stack: secret({}), says: neither },
  {
    name: "tags that the provider gives",
    stack: secret({ tags: { owner: "a" }, tagsAll: { owner: "a", "data-class": "internal" } }),
    says: [],
  },
  {
    name: "tags that are not known",
    stack: [resource("secret", "orders", { props: { tags: unknownObject }, from: { tags: [] } })],
    says: [unknownTags()],
  },
  {
    name: "tags that are not known, and what the provider gives is",
    stack: [
      resource("secret", "orders", {
        props: { tags: unknownObject, tagsAll: { owner: "a" } },
        from: { tags: [] },
      }),
    ],
    says: [unknownTags()],
  },
  {
    name: "a known class",
    stack: secret({ tags: { owner: "a", "data-class": "Internal" } }),
    config: { dataClasses: ["INTERNAL", "secret"] },
    says: [],
  },
  {
    name: "a class that nobody knows",
    stack: secret({ tags: { owner: "a", "data-class": "whatever" } }),
    config: { dataClasses: ["internal"] },
    says: noClass,
  },
  {
    name: "other tags, when told",
    stack: secret({ tags: { cost: "1" } }),
    config: { ownerTags: ["cost"], dataClassTags: [] },
    says: [],
  },
  {
    name: "no tags, when none is asked for",
    stack: secret({}),
    config: { ownerTags: [], dataClassTags: [] },
    says: [],
  },
  { name: "the class only, when told", stack: secret({}), config: { ownerTags: [] }, says: noClass },
]);
