import { Atom, literalAtom } from "./atom";
import { Candidates, Member } from "./dimension";
import { GroupKey } from "./group-keys";
import { KeyDomain, KeyValue, textDomain } from "./key-domain";
import { valueClasses } from "./value-classes";
import { Endpoint } from "./world";

/** What there is for requests to come through. */
export interface RouteSurroundings {
  readonly endpoints: readonly Endpoint[];
  readonly region: string;
  /** Organisation and path of an account, when it is a member. */
  readonly membership: (accountId: string) => { readonly id: string; readonly path: string } | undefined;
  /** Accounts that are told apart. */
  readonly accountIds: readonly string[];
}

const IP = "aws:sourceip";
const VPC = "aws:sourcevpc";
const VPCE = "aws:sourcevpce";
const VPC_ARN = "aws:sourcevpcarn";
const VPC_IP = "aws:vpcsourceip";
const ACCOUNT = "aws:vpceaccount";
const ORG = "aws:vpceorgid";
const PATHS = "aws:vpceorgpaths";
const VIA = "aws:viaawsservice";
const CALLED = "aws:calledvia";

const ORDER = [
  VPCE,
  VPC,
  ACCOUNT,
  ORG,
  PATHS,
  IP,
  VPC_IP,
  VPC_ARN,
  VIA,
  CALLED,
  `${CALLED}first`,
  `${CALLED}last`,
];
const FORWARDER = "secretsmanager.amazonaws.com";
const PUBLIC_ADDRESS = "198.51.100.77";
const PRIVATE_ADDRESS = "10.0.0.10";

/**
 * The ways a call can come: from the internet, through an endpoint of the world, through another endpoint, or from an
 * AWS service on the caller's behalf. Keys of the network go together: an address is there only without an endpoint,
 * and the endpoint decides its VPC and account.
 */
export function routeCandidates(
  keys: ReadonlyMap<string, GroupKey>,
  surroundings: RouteSurroundings,
): Candidates {
  const { endpoints } = surroundings;
  const classesOf = (key: string, domain: Partial<KeyDomain>, more: readonly Atom[] = []) =>
    // What is the same for all questions comes first, so that the same values are found for many.
    valueClasses(textDomain(key, { mayBeAbsent: false, ...domain }), [
      ...more,
      ...(keys.get(key)?.atoms ?? []),
    ]);
  const ips = keys.has(IP) ? classesOf(IP, {}) : { values: [PUBLIC_ADDRESS], complete: true };
  const inside = keys.has(VPC_IP) ? classesOf(VPC_IP, {}) : { values: [PRIVATE_ADDRESS], complete: true };
  const services = viaServices(keys, classesOf);
  const others = otherEndpoints(keys, surroundings, classesOf);
  const members: readonly Member[] = [
    ...ips.values.map((ip) => direct([[IP, ip]])),
    ...endpoints.flatMap((endpoint) =>
      inside.values.map((ip) => ({ ...through(networkOf(endpoint, surroundings), ip), endpoint })),
    ),
    ...others.networks.flatMap((network) => inside.values.map((ip) => through(network, ip))),
    ...services.members,
  ];
  return {
    members,
    atoms: new Map(ORDER.flatMap((key) => atomsFor(key, keys, endpoints))),
    complete: ips.complete && inside.complete && services.complete && others.complete,
  };
}

/** A call through an endpoint of the world. */
export function networkMember(endpoint: Endpoint, surroundings: RouteSurroundings): Member {
  return { ...through(networkOf(endpoint, surroundings), PRIVATE_ADDRESS), endpoint };
}

/** Endpoints with a policy are told apart by their ids even when no condition asks. */
function atomsFor(
  key: string,
  keys: ReadonlyMap<string, GroupKey>,
  endpoints: readonly Endpoint[],
): readonly (readonly [string, readonly Atom[]])[] {
  const atoms = keys.get(key)?.atoms;
  if (key !== VPCE) return atoms === undefined ? [] : [[key, atoms]];
  if (atoms === undefined && endpoints.length === 0) return [];
  return [[key, [...(atoms ?? []), ...endpoints.map(({ id }) => literalAtom(id))]]];
}

type Classes = ReturnType<typeof valueClasses>;
type ClassesOf = (key: string, domain: Partial<KeyDomain>, more?: readonly Atom[]) => Classes;

interface Network {
  readonly id: KeyValue;
  readonly vpc: KeyValue;
  readonly account: KeyValue;
  readonly membership: { readonly id: string; readonly path: string } | undefined;
  readonly region: string;
}

function networkOf({ id, vpcId, accountId }: Endpoint, { region, membership }: RouteSurroundings): Network {
  return { id, vpc: vpcId, account: accountId, membership: membership(accountId), region };
}

/** Endpoints that are not of the world, in VPCs without one of the world's. */
function otherEndpoints(
  keys: ReadonlyMap<string, GroupKey>,
  { endpoints, region, membership, accountIds }: RouteSurroundings,
  classesOf: ClassesOf,
): { readonly networks: readonly Network[]; readonly complete: boolean } {
  const knownIds = endpoints.map(({ id }) => id);
  const knownVpcs = endpoints.map(({ vpcId }) => vpcId);
  const ids = classesOf(VPCE, { universe: "vpce-?*" }, knownIds.map(literalAtom));
  const vpcs = classesOf(VPC, { universe: "vpc-?*" }, keys.has(VPC) ? knownVpcs.map(literalAtom) : []);
  const digits = { universe: "?".repeat(12), others: "0123456789" };
  const asksForOwner = [ACCOUNT, ORG, PATHS].some((key) => keys.has(key));
  const accounts = classesOf(ACCOUNT, digits, asksForOwner ? accountIds.map(literalAtom) : []);
  const networks = ids.values.flatMap((id) =>
    vpcs.values.flatMap((vpc) =>
      accounts.values.map((account) => ({
        id,
        vpc,
        account,
        membership: membership(String(account)),
        region,
      })),
    ),
  );
  return {
    networks: networks.filter(
      ({ id, vpc }) => !knownIds.includes(String(id)) && !knownVpcs.includes(String(vpc)),
    ),
    complete: ids.complete && vpcs.complete && accounts.complete,
  };
}

function viaServices(keys: ReadonlyMap<string, GroupKey>, classesOf: ClassesOf) {
  const called = classesOf(
    CALLED,
    { universe: "?*.amazonaws.com", hasManyValues: true },
    [`${CALLED}first`, `${CALLED}last`].flatMap((key) => keys.get(key)?.atoms ?? []),
  );
  const chains =
    keys.has(CALLED) || keys.has(`${CALLED}first`) ? called.values : [["cloudformation.amazonaws.com"]];
  const members = chains.flatMap((chain): readonly Member[] => {
    if (chain === undefined || typeof chain === "string") return [];
    return [
      memberOf([
        [VIA, "true"],
        [CALLED, chain],
        [`${CALLED}first`, chain[0]],
        [`${CALLED}last`, chain.at(-1)],
        [`>${CALLED}`, [...chain, FORWARDER]],
      ]),
    ];
  });
  return { members, complete: called.complete };
}

function through({ id, vpc, account, membership, region }: Network, ip: KeyValue): Member {
  return direct([
    [VPCE, id],
    [VPC, vpc],
    [ACCOUNT, account],
    [ORG, membership?.id],
    [PATHS, membership && [membership.path]],
    [VPC_IP, ip],
    [VPC_ARN, `arn:aws:ec2:${region}:${String(account)}:vpc/${String(vpc)}`],
  ]);
}

function direct(values: readonly (readonly [string, KeyValue])[]): Member {
  return memberOf([...values, [VIA, "false"], [`>${CALLED}`, [FORWARDER]], [`>${CALLED}first`, FORWARDER]]);
}

function memberOf(values: readonly (readonly [string, KeyValue])[]): Member {
  return { values: new Map(values) };
}
