import {
  CreateRequest,
  CreateResponse,
  DeleteRequest,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { describeError } from "../aws";
import { InitFailure } from "../init-failure";
import { changedInputs, sameProperty } from "../property-comparison";
import { isModelled, LocalProvider, resourceType } from "../provider";
import { outputsOf, previewOfCreate, previewOfUpdate, refresh } from "../resource-state";
import { ResourceType } from "../resource-type";
import { nameOfUrn, tokenOfUrn } from "../urn";
import { DecodedProperties, Properties, decodeProperties, emptyMessage, encodeProperties } from "../values";

/**
 * Creates a resource; one that was made but could not be completed is reported with its id. Of a type that is not
 * modelled there is only a preview, with what the program gave: Pulumi takes the other outputs for unknown.
 */
export async function create(request: CreateRequest, provider: LocalProvider): Promise<CreateResponse> {
  if (request.getPreview() && !isModelled(tokenOfUrn(request.getUrn()))) {
    return new CreateResponse().setProperties(request.getProperties());
  }
  const type = resourceType(tokenOfUrn(request.getUrn()));
  const inputs = decodeProperties(request.getProperties());
  const response = new CreateResponse();
  if (request.getPreview()) {
    response.setProperties(encode(type, previewOfCreate(type, inputs.values), inputs));
    return response;
  }
  const { id, outputs } = await createOrReport(type, inputs, request.getUrn(), provider);
  response.setId(id);
  response.setProperties(encode(type, outputs, inputs));
  return response;
}

async function createOrReport(
  type: ResourceType,
  inputs: DecodedProperties,
  urn: string,
  provider: LocalProvider,
): Promise<{ id: string; outputs: Properties }> {
  let made: string | undefined;
  const context = provider.context(inputs.values, (id) => (made = id));
  try {
    const id = await type.create(inputs.values, context);
    made = id;
    return {
      id,
      outputs: outputsOf(type, inputs.values, (await type.read(id, inputs.values, context)) ?? {}),
    };
  } catch (error) {
    const message = `creating ${type.token} "${nameOfUrn(urn)}": ${describeError(error)}`;
    if (made === undefined) {
      throw new Error(message);
    }
    const outputs = await type.read(made, inputs.values, context).catch(() => undefined);
    const secrets = secretNames(type, inputs);
    throw new InitFailure(message, {
      id: made,
      outputs: outputs ?? inputs.values,
      inputs: inputs.values,
      secrets,
    });
  }
}

/** Looks a resource up, for a refresh, an import or a `get`; an empty id says that it is gone. */
export async function read(request: ReadRequest, provider: LocalProvider): Promise<ReadResponse> {
  const type = resourceType(tokenOfUrn(request.getUrn()));
  const state = decodeProperties(request.getProperties());
  const inputs = decodeProperties(request.getInputs());
  const response = new ReadResponse();
  const context = provider.context({ ...state.values, ...inputs.values });
  const attributes = await described(`reading ${type.token} "${request.getId()}"`, () =>
    type.read(request.getId(), state.values, context),
  );
  if (attributes === undefined) {
    return response;
  }
  const known = { state: state.values, inputs: inputs.values };
  const current = refresh(
    type,
    known,
    { region: context.region, ...attributes },
    provider.settings.defaultTags,
  );
  response.setId(request.getId());
  response.setProperties(encode(type, current.outputs, state));
  response.setInputs(encode(type, current.inputs, inputs));
  return response;
}

/** Updates a resource in place. */
export async function update(request: UpdateRequest, provider: LocalProvider): Promise<UpdateResponse> {
  const type = resourceType(tokenOfUrn(request.getUrn()));
  const olds = decodeProperties(request.getOlds());
  const news = decodeProperties(request.getNews());
  const oldInputs = decodeProperties(request.getOldInputs() ?? request.getOlds());
  const response = new UpdateResponse();
  if (request.getPreview()) {
    const changed = changedInputs(type, oldInputs.values, news.values);
    response.setProperties(encode(type, previewOfUpdate(type, olds.values, news.values, changed), news));
    return response;
  }
  const context = provider.context(news.values);
  const attributes = await described(`updating ${type.token} "${nameOfUrn(request.getUrn())}"`, async () => {
    await type.update?.(request.getId(), changeOf(type, olds.values, news.values), context);
    return type.read(request.getId(), news.values, context);
  });
  response.setProperties(encode(type, outputsOf(type, news.values, attributes ?? {}), news));
  return response;
}

/** Deletes a resource; one that is already gone is no error. */
export async function remove(request: DeleteRequest, provider: LocalProvider): Promise<Empty> {
  const type = resourceType(tokenOfUrn(request.getUrn()));
  const state = decodeProperties(request.getProperties()).values;
  await described(`deleting ${type.token} "${nameOfUrn(request.getUrn())}"`, () =>
    type.delete(request.getId(), state, provider.context(state)),
  );
  return emptyMessage();
}

function changeOf(type: ResourceType, olds: Properties, news: Properties) {
  const differs = (name: string): boolean =>
    !(news[name] === undefined && type.inputs[name]?.computed) &&
    !sameProperty(type.inputs[name], olds[name], news[name]);
  return { olds, news, changed: (...names: readonly string[]) => names.some(differs) };
}

function encode(type: ResourceType, values: Properties, source: DecodedProperties) {
  return encodeProperties(values, secretNames(type, source));
}

function secretNames(type: ResourceType, source: DecodedProperties): Set<string> {
  return new Set([...source.secrets, ...(type.secretOutputs ?? [])]);
}

async function described<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${what}: ${describeError(error)}`);
  }
}
