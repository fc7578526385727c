import { explain } from "../../../iam";
import { AccessProof, readable } from "../../../iam/proof";
import { undecided, violation } from "../../findings";
import { label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { ConfigOf } from "../../setting";
import {
  accessOf,
  cannotTellTexts,
  FoundSecret,
  GraphWorld,
  principalText,
  ReaderFacts,
  readersOf,
  scenarioText,
} from "../../world";
import { parseArn } from "../../stack/location";

const remediation = "Let the document that refuses allow it, or take the reader out of the declaration";

const settings = {
  everyRegion: {
    type: "boolean",
    default: false,
    description: "Demand that a declared reader can read in every Region of the secret, not only in one.",
  },
} as const;

/** REACH-03. */
export const secretDeclaredReadersCanRead = graphRule({
  id: "secret-declared-readers-can-read",
  code: "REACH-03",
  title:
    "Every declared reader of a secret can read it: its policies, the key, the endpoint and the organisation agree",
  severity: "high",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "CP-10" },
    { name: "HIPAA", version: "2013", reference: "164.308(a)(7)(ii)(C)" },
  ],
  mapsTo: {},
  remediation,
  settings,
  check: (graph, config, organization) => {
    const { world, proof } = accessOf(graph, organization);
    return world.secrets.flatMap((secret) => {
      const readers = new Map<string, ReaderFacts>();
      for (const reader of readersOf(secret, world, proof)) {
        if (reader.who.kind === "principal") readers.set(reader.who.arn, reader);
      }
      const declared = [...(world.declared.get(secret.secret.id) ?? [])];
      return declared.flatMap((arn) => checkReader(arn, readers.get(arn), { secret, world, proof }, config));
    });
  },
});

interface Where {
  readonly secret: FoundSecret;
  readonly world: GraphWorld;
  readonly proof: AccessProof;
}

function checkReader(
  arn: string,
  reader: ReaderFacts | undefined,
  where: Where,
  { everyRegion }: ConfigOf<typeof settings>,
): readonly Finding[] {
  const regions = where.secret.secret.copies.map(({ region }) => region);
  const certain = new Set(
    (reader?.all ?? []).filter(({ access }) => access.witness !== undefined).map(({ region }) => region),
  );
  const missing = regions.filter((region) => !certain.has(region));
  const isEnough = everyRegion ? missing.length === 0 : certain.size > 0;
  if (isEnough || !where.world.world.principals.some((principal) => principal.arn === arn)) return [];
  const open = (reader?.all ?? []).find(({ region }) => missing.includes(region));
  if (open !== undefined) return [doubt(arn, where.secret, open.access)];
  return missing.slice(0, everyRegion ? missing.length : 1).flatMap((region) => refusal(arn, region, where));
}

function doubt(arn: string, { node }: FoundSecret, access: ReaderFacts["access"]): Finding {
  const name = principalText(arn, parseArn(arn)?.account ?? "");
  const reason = `whether the declared reader ${name} can read ${label(node.resource)} cannot be told`;
  return undecided(node.resource, reason, cannotTellTexts(access).join("; "));
}

function refusal(arn: string, region: string, { secret, proof }: Where): readonly Finding[] {
  const refused = proof.refusal(secret.secret.id, region, arn);
  if (refused === undefined) return [];
  const name = principalText(arn, parseArn(arn)?.account ?? "");
  const { denied, scenario } = refused;
  const fact =
    `${label(secret.node.resource)} cannot be read in ${region} by its declared reader ${name}: of ` +
    `${scenarioText(scenario)}, ${denied.request.action} is refused. ${readable(explain(denied.decision)).replace(/\.$/, "")}`;
  return [violation(secret.node.resource, fact, remediation)];
}
