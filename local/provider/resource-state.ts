import { sameProperty } from "./property-comparison";
import { ResourceType } from "./resource-type";
import { Properties, UNKNOWN } from "./values";

/** Outputs after a creation or an update: what AWS knows, in the program's own words where it gave any. */
export function outputsOf(type: ResourceType, inputs: Properties, attributes: Properties): Properties {
  const outputs: Record<string, unknown> = { ...attributes };
  for (const [name, value] of Object.entries(inputs)) {
    const property = type.inputs[name];
    if (
      property === undefined ||
      property.writeOnly ||
      (property.fromAws && attributes[name] !== undefined)
    ) {
      continue;
    }
    outputs[name] = value;
  }
  return outputs;
}

/** Outputs of a resource that does not exist yet: AWS's part is unknown. */
export function previewOfCreate(type: ResourceType, inputs: Properties): Properties {
  const computed = Object.keys(type.inputs).filter((name) => type.inputs[name]!.computed);
  const unknown = Object.fromEntries([...type.outputs, ...computed].map((name) => [name, UNKNOWN]));
  return outputsOf(type, inputs, unknown);
}

/** Outputs after an update that has not been made. */
export function previewOfUpdate(
  type: ResourceType,
  olds: Properties,
  news: Properties,
  changed: readonly string[],
): Properties {
  const kept = Object.entries(olds).filter(
    ([name]) => type.outputs.includes(name) || type.inputs[name]?.computed,
  );
  const unknown = Object.entries(type.changedOutputs ?? {})
    .filter(([, causes]) => causes.some((cause) => changed.includes(cause)))
    .map(([name]) => [name, UNKNOWN] as const);
  return outputsOf(type, news, Object.fromEntries([...kept, ...unknown]));
}

/** A resource as AWS has it now: outputs, and the inputs that would have made it. */
export interface RefreshedState {
  readonly outputs: Properties;
  readonly inputs: Properties;
}

/** Brings a known state up to date; unchanged values keep the program's own words. */
export function refresh(
  type: ResourceType,
  known: { readonly state: Properties; readonly inputs: Properties },
  attributes: Properties,
  defaultTags: Readonly<Record<string, string>>,
): RefreshedState {
  const current = type.tagged
    ? { ...attributes, tags: ownTags(known.inputs, attributes, defaultTags) }
    : attributes;
  const outputs = merge(type, known.state, current, () => true);
  const imported = Object.keys(known.inputs).length === 0;
  const inputs = imported
    ? importedInputs(type, current)
    : merge(type, known.inputs, current, (name) => name in known.inputs || name === "tags");
  return { outputs, inputs: { ...inputs, __defaults: known.inputs["__defaults"] ?? [] } };
}

/** Inputs that would have made a resource that is not in the state yet. */
function importedInputs(type: ResourceType, current: Properties): Properties {
  const isEmpty = (value: unknown): boolean =>
    value === undefined || value === "" || (typeof value === "object" && Object.keys(value!).length === 0);
  const inputs: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(type.inputs)) {
    if (!isEmpty(current[name])) {
      inputs[name] = current[name];
    } else if (property.default !== undefined) {
      inputs[name] = property.default;
    }
  }
  return inputs;
}

function merge(
  type: ResourceType,
  known: Properties,
  current: Properties,
  wanted: (name: string) => boolean,
): Properties {
  const merged: Record<string, unknown> = { ...known };
  for (const [name, value] of Object.entries(current)) {
    if (!wanted(name) || sameProperty(type.inputs[name], known[name], value)) {
      continue;
    }
    if (value === undefined) {
      delete merged[name];
    } else {
      merged[name] = value;
    }
  }
  return merged;
}

function ownTags(
  inputs: Properties,
  attributes: Properties,
  defaultTags: Readonly<Record<string, string>>,
): Properties | undefined {
  const declared = (inputs["tags"] ?? {}) as Properties;
  const all = Object.entries((attributes["tagsAll"] ?? {}) as Record<string, string>);
  const own = all.filter(([key, value]) => key in declared || defaultTags[key] !== value);
  return own.length > 0 || inputs["tags"] !== undefined ? Object.fromEntries(own) : undefined;
}
