import { Resource } from "../../policies/stack/resource";
import { StateResource } from "../check/exported-state";

type Props = Record<string, unknown>;

/** Marks a secret in a state: `{ "4dabf18193072939515e22adb298388d": …, "ciphertext": … }`. */
const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What takes the place of a secret: the pack reads it as unknown. */
const REDACTED = "[secret]";

/**
 * Resources as the rules see them, joined by the URNs of their state. Values of secrets are left out.
 *
 * @param states of one stack or of several
 * @param view what to read properties through: a preview's unknown ones must throw
 */
export function asResources(
  states: readonly StateResource[],
  view: (props: Props) => Props = (props) => props,
): readonly Resource[] {
  const byUrn = new Map(states.map((state) => [state.urn, alone(state, view)]));
  return states.map((state) => Object.assign(byUrn.get(state.urn)!, links(state, byUrn)));
}

function alone(state: StateResource, view: (props: Props) => Props): Resource {
  const outputs = { ...(state.outputs ?? state.inputs), ...(state.id ? { id: state.id } : {}) };
  return {
    type: state.type,
    urn: state.urn,
    name: state.urn.slice(state.urn.lastIndexOf("::") + 2),
    props: view(withoutSecrets(outputs) as Props),
    inputs: view(withoutSecrets(state.inputs ?? {}) as Props),
    opts: { protect: state.protect === true },
  };
}

/** What a resource says of others; two may know each other only when all are made. */
function links(state: StateResource, byUrn: ReadonlyMap<string, Resource>): Partial<Resource> {
  const find = (urn: string): readonly Resource[] => [byUrn.get(urn)].filter((one) => one !== undefined);
  const provider = state.provider && byUrn.get(state.provider.slice(0, state.provider.lastIndexOf("::")));
  const byProperty = Object.entries(state.propertyDependencies ?? {});
  return {
    ...(provider ? { provider: { props: provider.props } } : {}),
    dependencies: (state.dependencies ?? []).flatMap(find),
    propertyDependencies: Object.fromEntries(
      byProperty.map(([property, urns]) => [property, (urns ?? []).flatMap(find)]),
    ),
  };
}

function withoutSecrets(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (SECRET_SIGNATURE in value) return REDACTED;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutSecrets(member)]));
}
