import { undecided, violation } from "../../findings";
import { label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import {
  accessOf,
  cannotTellTexts,
  conditionsText,
  decisionsText,
  FoundSecret,
  LooseSecret,
  ReaderFacts,
  readersOf,
  scenarioText,
  whoText,
} from "../../world";
import { isEverybody } from "../../waivers/public-findings";

const remediation =
  "Narrow the document that lets it in, or declare the reader: in the grants, in the secret's tag strongroom:readers or in " +
  "the setting declaredReaders";

const settings = {
  allowOwnerAccount: {
    type: "boolean",
    default: true,
    description:
      "Let principals of the account that owns the secret read when their own policies allow it, although they are not " +
      "declared and no stack at hand holds them: whoever administers the account.",
  },
} as const;

/** REACH-01. */
export const secretReadersDeclared = graphRule({
  id: "secret-readers-declared",
  code: "REACH-01",
  title: "Whoever can read a secret, by all documents together, is a declared reader of it",
  severity: "critical",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.5" },
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "HIPAA", version: "2013", reference: "164.312(a)(1)" },
  ],
  mapsTo: {},
  remediation,
  settings,
  check: (graph, { allowOwnerAccount }, organization) => {
    const { world, proof } = accessOf(graph, organization);
    return [
      ...world.loose.map(looseFinding),
      ...world.secrets.flatMap((secret) =>
        readersOf(secret, world, proof)
          .filter(({ standing }) => standing === "undeclared" || (standing === "owner" && !allowOwnerAccount))
          .map((reader) => finding(secret, reader)),
      ),
    ];
  },
});

function looseFinding({ resource, reason, decidedBy }: LooseSecret): Finding {
  return undecided(resource, `who can read cannot be told, for ${reason}`, decidedBy);
}

function finding({ node }: FoundSecret, reader: ReaderFacts): Finding {
  const { who, access, regions } = reader;
  const name = label(node.resource);
  const { witness } = access;
  if (witness === undefined) {
    const reason = `whether ${whoText(who)} can read ${name} cannot be told`;
    return undecided(node.resource, reason, cannotTellTexts(access).join("; "));
  }
  const conditions = conditionsText(access.under);
  const when = conditions === "always" ? "" : `, when ${conditions}`;
  const fact =
    `${name} can be read in ${regions.join(" and ")} by ${whoText(who)}, which is no declared reader${when}. ` +
    `This call succeeds: ${scenarioText(witness, access.under)} (${decisionsText(witness)})`;
  return violation(node.resource, fact, remediation, { isPublic: isEverybody(who) });
}
