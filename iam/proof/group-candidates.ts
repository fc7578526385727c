import { Atom } from "./atom";
import { Candidates, Member } from "./dimension";
import { GroupKey } from "./group-keys";
import { KeyValue, MFA_GROUP, ROUTE_GROUP, textDomain, TIME_GROUP, VERSION_GROUP } from "./key-domain";
import { routeCandidates, RouteSurroundings } from "./route-candidates";
import { timeCandidates } from "./time-candidates";
import { valueClasses } from "./value-classes";

const STAGE = "secretsmanager:versionstage";
const VERSION = "secretsmanager:versionid";
const DECRYPTED_VERSION = "kms:encryptioncontext:secretversionid";
const MFA = "aws:multifactorauthpresent";
const MFA_AGE = "aws:multifactorauthage";

/** Every way in which the keys of a group can stand in a request, as far as the tests tell them apart. */
export function groupCandidates(
  group: string,
  keys: ReadonlyMap<string, GroupKey>,
  surroundings: RouteSurroundings,
  since: number,
): Candidates {
  switch (group) {
    case ROUTE_GROUP:
      return routeCandidates(keys, surroundings);
    case TIME_GROUP:
      return timeCandidates(keys, since);
    case VERSION_GROUP:
      return versionCandidates(keys);
    case MFA_GROUP:
      return mfaCandidates(keys);
    default:
      return singleCandidates(keys);
  }
}

function singleCandidates(keys: ReadonlyMap<string, GroupKey>): Candidates {
  const [[key, { domain, atoms, compared }] = NO_KEY] = keys;
  const { values, complete } = valueClasses(domain, atoms, compared);
  return { members: values.map((value) => memberOf([[key, value]])), atoms: atomsOf(keys), complete };
}

const NO_KEY: readonly [string, GroupKey] = ["", { domain: textDomain(""), atoms: [], compared: false }];

/**
 * A version is asked for by its id, or by a staging label, AWSCURRENT unless another is given; KMS is told its id in
 * any case.
 */
function versionCandidates(keys: ReadonlyMap<string, GroupKey>): Candidates {
  const stageAtoms = keys.get(STAGE)?.atoms ?? [];
  const stages = valueClasses(textDomain(STAGE, { mayBeAbsent: false }), stageAtoms);
  const idAtoms = [...(keys.get(VERSION)?.atoms ?? []), ...(keys.get(DECRYPTED_VERSION)?.atoms ?? [])];
  const ids = valueClasses(idDomain, idAtoms);
  const labels = ["AWSCURRENT", ...stages.values.filter((stage) => stage !== "AWSCURRENT")];
  const members = ids.values.flatMap((id) => [
    ...labels.map((stage) =>
      memberOf([
        [STAGE, stage],
        [VERSION, undefined],
        [DECRYPTED_VERSION, id],
      ]),
    ),
    memberOf([
      [STAGE, undefined],
      [VERSION, id],
      [DECRYPTED_VERSION, id],
    ]),
  ]);
  return { members, atoms: atomsOf(keys), complete: stages.complete && ids.complete };
}

const idDomain = textDomain(VERSION, {
  universe: `${"?".repeat(32)}*`,
  others: "0123456789abcdef",
  mayBeAbsent: false,
});

/** The age is there when the second factor is. */
function mfaCandidates(keys: ReadonlyMap<string, GroupKey>): Candidates {
  const mayBeAbsent = [...keys.values()].some(({ domain }) => domain.mayBeAbsent);
  const age = keys.get(MFA_AGE);
  const ages = age === undefined ? undefined : valueClasses({ ...age.domain, mayBeAbsent: false }, age.atoms);
  const notNegative = (ages?.values ?? []).filter((value) => Number(value) >= 0);
  const given = notNegative.length > 0 ? notNegative : ["60"];
  const members = [
    ...(mayBeAbsent ? [memberOf([])] : []),
    memberOf([[MFA, "false"]]),
    ...given.map((value) =>
      memberOf([
        [MFA, "true"],
        [MFA_AGE, value],
      ]),
    ),
  ];
  return { members, atoms: atomsOf(keys), complete: ages?.complete ?? true };
}

function memberOf(values: readonly (readonly [string, KeyValue])[]): Member {
  return { values: new Map(values) };
}

function atomsOf(keys: ReadonlyMap<string, GroupKey>): ReadonlyMap<string, readonly Atom[]> {
  return new Map([...keys].map(([key, { atoms }]) => [key, atoms]));
}
