import { Change, ResourceContext, ResourceType } from "../resource-type";
import { Properties, sameValue } from "../values";
import { tagEntries } from "./constraints";
import { PatchStep, createManaged, deleteManaged, patchManaged, readManaged } from "./managed-resource";

/** A resource type that AWS manages through its Cloud Control API, and how the provider's names map to it. */
export interface CloudControlResource extends Pick<
  ResourceType,
  "token" | "inputs" | "outputs" | "autoName" | "tagged" | "check" | "changedOutputs"
> {
  /** Such as `AWS::EC2::VPCEndpoint`. */
  readonly typeName: string;
  /** Input -> member of the type's properties. Documents given as text are objects there. */
  readonly members: Readonly<Record<string, string>>;
  /** Members that no plain name maps to; a resource has no id while it is being created. */
  readonly desired?: (inputs: Properties, id: string | undefined) => Properties;
  /** Attributes that no plain name maps to. */
  readonly attributes?: (actual: Properties, place: Place) => Properties;
  /** The provider's id. @default the identifier of Cloud Control */
  readonly id?: (identifier: string, actual: Properties) => string;
  /** The identifier of Cloud Control. @default the provider's id */
  readonly identifier?: (id: string, place: Place, state: Properties) => string;
}

/** Where a resource is, and as what. */
export interface Place {
  readonly id: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

/** Makes a resource type of it. */
export function cloudControlResource(model: CloudControlResource): ResourceType {
  const { token, inputs, outputs, autoName, tagged, check, changedOutputs } = model;
  const identifierOf = (id: string, place: Place, state: Properties): string =>
    model.identifier?.(id, place, state) ?? id;
  return {
    ...{ token, inputs, outputs, autoName, tagged, check, changedOutputs },

    create: (values, context) => createModel(model, values, context),

    async read(id, state, context) {
      const place = await placeOf(id, context);
      const client = await context.clients.cloudControl(context.region);
      const actual = await readManaged(client, model.typeName, identifierOf(id, place, state));
      return actual && { ...plainAttributes(model, actual), ...model.attributes?.(actual, place) };
    },

    update: (id, change, context) => updateModel(model, identifierOf, id, change, context),

    async delete(id, state, context) {
      const identifier = identifierOf(id, await placeOf(id, context), state);
      await deleteManaged(await context.clients.cloudControl(context.region), model.typeName, identifier);
    },
  };
}

async function createModel(
  model: CloudControlResource,
  values: Properties,
  { clients, region, exists }: ResourceContext,
): Promise<string> {
  const client = await clients.cloudControl(region);
  const desired = desiredState(model, values);
  const identifier = await createManaged(client, model.typeName, desired);
  const id = model.id?.(identifier, desired) ?? identifier;
  exists(id);
  const rest = patchOf(desired, desiredState(model, values, id));
  if (rest.length > 0) {
    await patchManaged(client, model.typeName, identifier, rest);
  }
  return id;
}

async function updateModel(
  model: CloudControlResource,
  identifierOf: (id: string, place: Place, state: Properties) => string,
  id: string,
  { olds, news }: Change,
  context: ResourceContext,
): Promise<void> {
  const kept = Object.fromEntries(
    Object.entries(olds).filter(([name]) => !(news[name] === undefined && model.inputs[name]?.computed)),
  );
  const patch = patchOf(desiredState(model, kept, id), desiredState(model, news, id));
  if (patch.length > 0) {
    const identifier = identifierOf(id, await placeOf(id, context), olds);
    await patchManaged(await context.clients.cloudControl(context.region), model.typeName, identifier, patch);
  }
}

async function placeOf(id: string, context: ResourceContext): Promise<Place> {
  const { region, partition } = context;
  return { id, region, partition, accountId: await context.accountId() };
}

function desiredState(model: CloudControlResource, values: Properties, id?: string): Properties {
  const desired: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(model.members)) {
    if (values[name] !== undefined) {
      desired[member] = isDocument(model, name) ? JSON.parse(values[name]) : values[name];
    }
  }
  if (model.tagged) {
    const tags = Object.entries((values["tagsAll"] ?? {}) as Record<string, string>);
    desired["Tags"] = tags.length > 0 ? tags.map(([Key, Value]) => ({ Key, Value })) : undefined;
  }
  const all = { ...desired, ...model.desired?.(values, id) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function plainAttributes(model: CloudControlResource, actual: Properties): Properties {
  const attributes: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(model.members)) {
    const value: unknown = actual[member];
    if (value !== undefined) {
      attributes[name] = isDocument(model, name) && typeof value !== "string" ? JSON.stringify(value) : value;
    }
  }
  if (model.tagged) {
    const tags = (actual["Tags"] ?? []) as { Key: string; Value: string }[];
    attributes["tagsAll"] = Object.fromEntries(tagEntries(tags.map(({ Key, Value }) => [Key, Value])));
  }
  return attributes;
}

function isDocument(model: CloudControlResource, name: string): boolean {
  const kind = model.inputs[name]?.kind;
  return kind === "policy" || kind === "json";
}

function patchOf(olds: Properties, news: Properties): PatchStep[] {
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  return names
    .filter((name) => !sameValue(olds[name], news[name]))
    .map((name) =>
      name in news ? { op: "add", path: `/${name}`, value: news[name] } : { op: "remove", path: `/${name}` },
    );
}
