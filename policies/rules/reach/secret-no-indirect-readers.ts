import { IndirectAccess, PathStep, readable } from "../../../iam/proof";
import { undecided, violation } from "../../findings";
import { parseArn } from "../../stack/location";
import { label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { ConfigOf } from "../../setting";
import {
  accessOf,
  admitsAnyToken,
  cannotTellTexts,
  conditionsText,
  FoundSecret,
  GraphWorld,
  scenarioText,
  whoText,
} from "../../world";
import { isEverybody } from "../../waivers/public-findings";

const remediation =
  "Take the permission for one of the steps away, or bind it to a resource that leads nowhere; docs/access-proof.md lists " +
  "the steps that are followed";

const settings = {
  allowAccountAdministrators: {
    type: "boolean",
    default: true,
    description:
      "Let principals that no stack at hand holds change what their own account owns: an account's administrators can " +
      "always give themselves its roles and its policies.",
  },
  allowNamedFederation: {
    type: "boolean",
    default: true,
    description:
      "Let in whom a declared reader's own trust policy lets in by the claims of an identity provider, when strangers " +
      "cannot get a token with them.",
  },
} as const;

/** REACH-02. */
export const secretNoIndirectReaders = graphRule({
  id: "secret-no-indirect-readers",
  code: "REACH-02",
  title: "Nobody who is no declared reader of a secret can make itself or another one, in however many steps",
  severity: "critical",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.5" },
    { name: "HIPAA", version: "2013", reference: "164.308(a)(4)(ii)(B)" },
  ],
  mapsTo: {},
  remediation,
  settings,
  check: (graph, config, organization) => {
    const { world, proof } = accessOf(graph, organization);
    const given = { withoutOwnAffairs: config.allowAccountAdministrators };
    return world.secrets.flatMap((secret) =>
      unlike(proof.secret(secret.secret.id, given).indirect)
        .filter((access) => isJudged(access, secret, world, config))
        .map((access) => finding(access, secret)),
    );
  },
});

/** One finding for all Regions. */
function unlike(accesses: readonly IndirectAccess[]): readonly IndirectAccess[] {
  const key = ({ who, path, reader }: IndirectAccess) =>
    JSON.stringify([who, path.map(({ by }) => by), reader]);
  return [...new Map(accesses.toReversed().map((access) => [key(access), access])).values()].toReversed();
}

function isJudged(
  { who, path, reader }: IndirectAccess,
  { secret }: FoundSecret,
  world: GraphWorld,
  { allowAccountAdministrators, allowNamedFederation }: ConfigOf<typeof settings>,
): boolean {
  const declared = world.declared.get(secret.id);
  if (isStranger(path)) return true;
  if (declared === undefined) return false;
  const isOwnReader = reader.kind === "principal" && declared.has(reader.arn) && path.length === 1;
  if (who.kind === "federated" && allowNamedFederation && isOwnReader) return false;
  if (who.kind === "principal" && declared.has(who.arn)) return false;
  const isUnknown =
    who.kind === "others-of-account" || (who.kind === "principal" && world.assumed.has(who.arn));
  if (!allowAccountAdministrators || !isUnknown) return true;
  const isAtHome = path.every(
    (step) => !("accountId" in step.who) || accountOf(step.on, step.who.accountId) === step.who.accountId,
  );
  return !isAtHome;
}

/** Whether a path begins with somebody whom nobody is answerable for. */
function isStranger([first]: readonly PathStep[]): boolean {
  return first !== undefined && (isEverybody(first.who) || admitsAnyToken(first));
}

/** Account of what a step is about. */
function accountOf(on: string, fallback: string): string {
  return parseArn(on)?.account || fallback;
}

function finding({ who, path, reader }: IndirectAccess, { node }: FoundSecret): Finding {
  const name = label(node.resource);
  const steps = path.map(stepText).join(", then ");
  const open = [...new Set(path.flatMap(cannotTellTexts))];
  if (open.length > 0) {
    const reason = `whether ${whoText(who)} can become a reader of ${name} (${steps}) cannot be told`;
    return undecided(node.resource, reason, open.join("; "));
  }
  const [first] = path;
  const call =
    first?.witness === undefined ? "" : ` This call succeeds: ${scenarioText(first.witness, first.under)}`;
  const fact = `${whoText(who)} can bring it about that ${whoText(reader)} reads ${name}: ${steps}.${call}`;
  const isPublic = isStranger(path) || isEverybody(reader);
  return violation(node.resource, fact, remediation, { isPublic });
}

function stepText({ who, by, on, under }: PathStep): string {
  const claims = who.kind === "federated" ? ` (${conditionsText(under)})` : "";
  return `${whoText(who)}${claims} does ${by} on ${readable(on)}`;
}
