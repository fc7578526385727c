import { CompiledStatement } from "../compiled-statement";
import { GLOBAL_REGION } from "./plain-frame";
import { AccessWorld, isKnown } from "./world";

const REGION = /^[a-z]{2}(-[a-z]+)+-\d+$/;
const REQUESTED_REGION = "aws:requestedregion";

/**
 * Regions in which somebody may make something: those of the secrets, first, and those that the principals' own
 * policies name in resources or ask for. No policy of the principals tells any others apart.
 */
export function regionsOf({ secrets, principals }: AccessWorld): readonly string[] {
  const ofCopies = secrets.flatMap(({ copies }) => copies.map(({ region }) => region));
  const named = principals.flatMap(({ identity }) =>
    identity.flatMap((document) => (isKnown(document) ? document.policy.allows.flatMap(regionsIn) : [])),
  );
  const found = new Set([...ofCopies, ...named]);
  return found.size === 0 ? [GLOBAL_REGION] : [...found];
}

function regionsIn({ parts }: CompiledStatement): readonly string[] {
  const { Resource: resources = [] } = parts.statement;
  const inArns = [resources].flat().map((arn) => arn.split(":")[3] ?? "");
  const asked = parts.conditions.flatMap(({ key, values }) => (key === REQUESTED_REGION ? values : []));
  return [...inArns, ...asked].filter((text) => REGION.test(text));
}
