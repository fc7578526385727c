import { undecided, violation } from "../../findings";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { Finding, resourceRule } from "../../rule";
import { absent, orDefault, read, readString, Tri } from "../../stack/tri-state";

const remediation = "Tag the secret with who answers for it and with the class of its data";

const names = { type: "array", items: { type: "string" } } as const;

/** SM-14. Advisory: which tags an organisation uses is its own affair. */
export const secretTagged = resourceRule({
  id: "secret-tagged",
  code: "SM-14",
  title: "Secrets say who answers for them, and what class of data they are",
  severity: "low",
  enforcement: "advisory",
  frameworks: [{ name: "NIST SP 800-53", version: "5", reference: "CM-8" }],
  mapsTo: { securityHub: ["SecretsManager.5"], awsConfig: ["tagged-secretsmanager-secret"] },
  remediation,
  settings: {
    ownerTags: {
      ...names,
      default: ["strongroom:owner", "owner", "team"],
      description:
        "Tags of which one says who answers for the secret, in any case. Empty: none is asked for.",
    },
    dataClassTags: {
      ...names,
      default: ["strongroom:data-class", "data-class", "dataclass", "data-classification", "classification"],
      description: "Tags of which one names the class of the data, in any case. Empty: none is asked for.",
    },
    dataClasses: {
      ...names,
      default: [],
      description: "Classes that are known, in any case. Empty: any.",
    },
  },
  appliesTo: types.secret,
  check: (secret, config) => {
    const classes: readonly string[] = config.dataClasses;
    const known = classes.map((one) => one.toLowerCase());
    const wanted = [
      { tags: config.ownerTags, what: "who answers for it", accepts: () => true },
      {
        tags: config.dataClassTags,
        what: "a known class of its data",
        accepts: (value: string) => known.length === 0 || known.includes(value.toLowerCase()),
      },
    ].filter(({ tags }) => tags.length > 0);
    const found = wanted.map((one) => ({ ...one, value: tagOf(secret, one.tags) }));
    return judge(secret, found);
  },
});

interface Wanted {
  readonly tags: readonly string[];
  readonly what: string;
  readonly value: Tri<string>;
  readonly accepts: (value: string) => boolean;
}

function judge(secret: Resource, found: readonly Wanted[]): readonly Finding[] {
  const missing = found.filter(
    ({ value, accepts }) => value.state === "known" && (value.value.trim() === "" || !accepts(value.value)),
  );
  if (missing.length > 0) {
    const what = missing.map((one) => one.what).join(" or ");
    const fix = `${remediation}: ${missing.map(({ tags }) => tags[0]).join(" and ")}`;
    return [violation(secret, `no tag of ${label(secret)} says ${what}`, fix)];
  }
  if (found.every(({ value }) => value.state !== "unknown")) return [];
  return [undecided(secret, `the tags of ${label(secret)} are not known`, deciders(secret, "tags"))];
}

/** The first of the tags that the secret has: its own, or one that the provider gives to all. */
function tagOf(secret: Resource, tags: readonly string[]): Tri<string> {
  const wanted = new Set(tags.map((tag) => tag.toLowerCase()));
  const places = ["tags", "tagsAll"].map((property) => tagIn(secret, property, wanted));
  const found = places.find(({ state }) => state === "known");
  return found ?? orDefault(places.find(({ state }) => state === "unknown") ?? absent, "");
}

function tagIn(secret: Resource, property: string, wanted: ReadonlySet<string>): Tri<string> {
  const all = input(secret, read, property);
  if (all.state !== "known" || typeof all.value !== "object" || all.value === null) {
    return all.state === "unknown" ? all : absent;
  }
  const name = Object.keys(all.value).find((key) => wanted.has(key.toLowerCase()));
  return name === undefined ? absent : readString(all.value, name);
}
