import { Path, Resource } from "../../policies/stack/resource";
import { ExportedState, StateResource } from "../check/exported-state";

/** A secret in a state, encrypted or not, is an object with this member (Pulumi's `SecretSig`). */
const secretMark = "4dabf18193072939515e22adb298388d";
const secretValue = "1b47061264138c4ac30d75fd1eb44270";

/** What stands in place of a secret, as in `pulumi policy analyze`: rules take it as not known. */
const redacted = "[secret]";

/** One resource as a resource rule sees it, and as a graph rule does. */
export interface JudgedResource {
  /** Inputs in `props`. */
  readonly given: Resource;
  /** Outputs in `props`. */
  readonly deployed: Resource;
}

interface Building extends JudgedResource {
  readonly state: StateResource;
  readonly deployed: Resource & {
    dependencies: Resource[];
    propertyDependencies: Record<string, Resource[]>;
  };
}

/** The resources of a state, with no value of a secret in them, whether the file has it encrypted or in plain text. */
export function judgedResources({ resources }: ExportedState): readonly JudgedResource[] {
  const providers = new Map(resources.map((one) => [one.urn, one]));
  const built = resources.map((state): Building => build(state, providers));
  const byUrn = new Map(built.map(({ deployed }) => [deployed.urn, deployed]));
  const find = (urns: readonly string[] | null | undefined): Resource[] =>
    (urns ?? []).flatMap((urn) => byUrn.get(urn) ?? []);
  for (const { state, deployed } of built) {
    deployed.dependencies.push(...find(state.dependencies));
    for (const [property, urns] of Object.entries(state.propertyDependencies ?? {})) {
      deployed.propertyDependencies[property] = find(urns);
    }
  }
  return built;
}

function build(state: StateResource, providers: ReadonlyMap<string, StateResource>): Building {
  const secretPaths: Path[] = [];
  const inputs = withoutSecrets(state.inputs ?? {}, [], secretPaths) as Resource["props"];
  const outputs = withoutSecrets({ id: state.id, ...state.outputs }, [], []) as Resource["props"];
  const provider = providers.get((state.provider ?? "").replace(/::[^:]*$/, ""));
  const shared = {
    type: state.type,
    urn: state.urn,
    name: state.urn.split("::").slice(3).join("::"),
    opts: { protect: state.protect === true },
    inputs,
    secretPaths,
    ...(provider === undefined ? {} : { provider: { props: provider.inputs ?? {} } }),
  };
  return {
    state,
    given: { ...shared, props: inputs },
    deployed: { ...shared, props: outputs, dependencies: [], propertyDependencies: {} },
  };
}

function withoutSecrets(value: unknown, path: Path, secretPaths: Path[]): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    return value.map((member, index) => withoutSecrets(member, [...path, index], secretPaths));
  }
  if ((value as Readonly<Record<string, unknown>>)[secretMark] === secretValue) {
    secretPaths.push(path);
    return redacted;
  }
  const members = Object.entries(value).map(([key, member]) => [
    key,
    withoutSecrets(member, [...path, key], secretPaths),
  ]);
  return Object.fromEntries(members);
}
