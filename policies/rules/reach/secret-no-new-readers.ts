import { violation } from "../../findings";
import { label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import {
  accessOf,
  decisionsText,
  FoundSecret,
  ReaderFacts,
  readersOf,
  scenarioText,
  whoKey,
  whoText,
} from "../../world";
import { isEverybody } from "../../waivers/public-findings";

const remediation =
  "Undo the change that lets it in, or accept it: write the baseline anew with `strongroom access list --baseline`";

const settings = {
  baseline: {
    type: "object",
    additionalProperties: { type: "array", items: { type: "string" } },
    default: {},
    description:
      "Readers by name of the secret, as `strongroom access list --baseline` writes them from what is deployed. Empty: " +
      "nothing to compare with. A secret that is not in it is new, and all of its readers are.",
  },
} as const;

/** REACH-04. */
export const secretNoNewReaders = graphRule({
  id: "secret-no-new-readers",
  code: "REACH-04",
  title: "Nobody can read a secret who could not at the baseline",
  severity: "high",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "CM-3" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.4" },
  ],
  mapsTo: {},
  remediation,
  settings,
  check: (graph, config, organization) => {
    const baseline = config.baseline as Readonly<Record<string, readonly string[]>>;
    if (Object.keys(baseline).length === 0) return [];
    const { world, proof } = accessOf(graph, organization);
    return world.secrets.flatMap((secret) => {
      const known = new Set(Object.hasOwn(baseline, secret.secret.name) ? baseline[secret.secret.name] : []);
      return readersOf(secret, world, proof)
        .filter(({ who, access }) => access.witness !== undefined && !known.has(whoKey(who)))
        .map((reader) => finding(secret, reader));
    });
  },
});

function finding({ node }: FoundSecret, { who, access, regions }: ReaderFacts): Finding {
  const witness = access.witness!;
  const fact =
    `${label(node.resource)} can be read in ${regions.join(" and ")} by ${whoText(who)}, which is not in the baseline. ` +
    `This call succeeds: ${scenarioText(witness, access.under)} (${decisionsText(witness)})`;
  return violation(node.resource, fact, remediation, { isPublic: isEverybody(who) });
}
