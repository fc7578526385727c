import { AccessWorld, NamedPrincipal, WorldDocument } from "../../iam/proof";
import { Graph, SecretNode } from "../stack/graph";
import { Organization } from "../organization";
import { accountsOf } from "./accounts";
import { assumedPrincipal } from "./assumed-principals";
import { declaredReaders } from "./declared-readers";
import { endpointsOf } from "./endpoints";
import { functionsOf } from "./functions";
import { keysOf } from "./keys";
import { groupsOf, principalsOf } from "./principals";
import { FoundSecret, LooseSecret, secretsOf } from "./secrets";

/** The world of a graph, and the way back to its resources. */
export interface GraphWorld {
  readonly world: AccessWorld;
  readonly secrets: readonly FoundSecret[];
  /** Secrets that the world has not, with the reason. */
  readonly loose: readonly LooseSecret[];
  readonly secretNode: (secretId: string) => SecretNode | undefined;
  /** ARNs of the declared readers by id of the secret; a secret without an entry declares nothing. */
  readonly declared: ReadonlyMap<string, ReadonlySet<string>>;
  /** ARNs of the declared readers that no stack at hand holds. */
  readonly assumed: ReadonlySet<string>;
}

const worlds = new WeakMap<Graph, { readonly organization: Organization; readonly built: GraphWorld }>();

/** Everything in a graph that decides who can do what with its secrets; built once for each graph. */
export function worldOf(graph: Graph, organization: Organization): GraphWorld {
  const earlier = worlds.get(graph);
  if (earlier?.organization === organization) return earlier.built;
  const built = build(graph, organization);
  worlds.set(graph, { organization, built });
  return built;
}

function build(graph: Graph, organization: Organization): GraphWorld {
  const found = keysOf(graph);
  const { secrets, loose } = secretsOf(graph, found);
  const own = unique(principalsOf(graph), ({ arn }) => arn);
  const declared = declaredReaders(graph, secrets, organization.declaredReaders ?? {});
  const assumed = assumedReaders(declared, new Set(own.map(({ arn }) => arn)));
  const endpoints = unique(endpointsOf(graph), ({ id }) => id);
  const groups = unique(groupsOf(graph), ({ arn }) => arn);
  const functions = unique(functionsOf(graph), ({ arn }) => arn);
  const parts = {
    principals: [...own, ...assumed],
    secrets: secrets.map(({ secret }) => secret),
    keys: found.keys,
    endpoints,
    functions,
    ...(groups.length > 0 && { groups }),
  };
  const owners = [
    ...parts.principals,
    ...parts.keys,
    ...endpoints,
    ...functions,
    ...parts.secrets.flatMap(({ copies }) => copies),
  ].flatMap(({ accountId }) => (/^\d{12}$/.test(accountId) ? [accountId] : []));
  const nodes = new Map(secrets.map(({ secret, node }) => [secret.id, node]));
  return {
    world: { ...accountsOf(graph, organization, owners, documentsIn(parts)), ...parts },
    secrets,
    loose,
    secretNode: (id) => nodes.get(id),
    declared,
    assumed: new Set(assumed.map(({ arn }) => arn)),
  };
}

function assumedReaders(
  declared: GraphWorld["declared"],
  own: ReadonlySet<string>,
): readonly NamedPrincipal[] {
  const arns = new Set([...declared.values()].flatMap((readers) => [...readers]));
  return [...arns].filter((arn) => !own.has(arn)).flatMap((arn) => assumedPrincipal(arn) ?? []);
}

/** Every document that may name an account. */
function documentsIn(parts: Pick<AccessWorld, "principals" | "secrets" | "keys" | "endpoints">) {
  const { principals, secrets, keys, endpoints } = parts;
  const all: readonly (WorldDocument | undefined)[] = [
    ...secrets.flatMap(({ copies }) => copies.map(({ policy }) => policy)),
    ...keys.map(({ policy }) => policy),
    ...endpoints.map(({ policy }) => policy),
    ...principals.map(({ trust }) => trust),
  ];
  return [...new Set(all.filter((document) => document !== undefined))];
}

/** The first of each: merged stacks may hold one thing twice. */
function unique<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
}
