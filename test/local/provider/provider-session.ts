import { ServiceError, credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  CheckResponse,
  ConfigureRequest,
  CreateRequest,
  CreateResponse,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  ErrorResourceInitFailed,
  InvokeRequest,
  InvokeResponse,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { startProvider } from "../../../local/provider/server";
import { structOf } from "../../../local/provider/values";

export type Wire = Record<string, any>;

/** A provider and the engine's side of its wire, with plain objects. */
export interface ProviderSession {
  readonly client: ResourceProviderClient;
  configure(args: Wire): Promise<unknown>;
  check(token: string, news: Wire, options?: { name?: string; olds?: Wire; seed?: string }): Promise<Checked>;
  diff(token: string, oldInputs: Wire, news: Wire): Promise<Diffed>;
  create(token: string, inputs: Wire, preview?: boolean): Promise<{ id: string; outputs: Wire }>;
  update(
    token: string,
    id: string,
    change: { olds: Wire; oldInputs?: Wire; news: Wire; preview?: boolean },
  ): Promise<Wire>;
  read(
    token: string,
    id: string,
    known?: { state?: Wire; inputs?: Wire },
  ): Promise<{ id: string; outputs?: Wire; inputs?: Wire }>;
  remove(token: string, id: string, state: Wire): Promise<void>;
  invoke(token: string, args: Wire): Promise<Wire>;
  stop(): void;
}

export interface Checked {
  readonly inputs: Wire;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export interface Diffed {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  readonly detailed: Readonly<Record<string, number>>;
  readonly deleteBeforeReplace: boolean;
}

/** Starts a provider in this process; the AWS SDK reads endpoint and credentials from the environment given. */
export async function startSession(environment: Record<string, string>): Promise<ProviderSession> {
  Object.assign(process.env, environment);
  const provider = await startProvider();
  const client = new ResourceProviderClient(`127.0.0.1:${provider.port}`, credentials.createInsecure());
  const call = <Q, R>(method: string, request: Q): Promise<R> =>
    new Promise((resolve, reject) =>
      (client as any)[method](request, (error: ServiceError | null, response: R) =>
        error ? reject(error) : resolve(response),
      ),
    );
  return {
    client,
    configure: (args) => call("configure", new ConfigureRequest().setArgs(struct(args))),
    ...planning(call),
    ...changes(call),
    stop: () => {
      client.close();
      provider.stop();
    },
  };
}

type Call = <Q, R>(method: string, request: Q) => Promise<R>;

function planning(call: Call): Pick<ProviderSession, "check" | "diff" | "invoke"> {
  return {
    async check(token, news, { name = "thing", olds = {}, seed = "seed" } = {}) {
      const request = new CheckRequest().setUrn(urn(token, name)).setNews(struct(news)).setOlds(struct(olds));
      request.setRandomseed(Buffer.from(seed));
      const response = await call<CheckRequest, CheckResponse>("check", request);
      return {
        inputs: response.getInputs()!.toJavaScript(),
        failures: response
          .getFailuresList()
          .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() })),
      };
    },
    async diff(token, oldInputs, news) {
      const request = new DiffRequest().setUrn(urn(token)).setId("id");
      request.setOlds(struct(oldInputs)).setOldInputs(struct(oldInputs)).setNews(struct(news));
      const response = await call<DiffRequest, DiffResponse>("diff", request);
      return {
        changes: response.getChanges() === DiffResponse.DiffChanges.DIFF_SOME,
        replaces: response.getReplacesList(),
        detailed: Object.fromEntries(
          response
            .getDetaileddiffMap()
            .toArray()
            .map(([path, detail]: any) => [path, detail[0] ?? 0]),
        ),
        deleteBeforeReplace: response.getDeletebeforereplace(),
      };
    },
    async invoke(token, args) {
      const response = await call<InvokeRequest, InvokeResponse>(
        "invoke",
        new InvokeRequest().setTok(token).setArgs(struct(args)),
      );
      return response.getReturn()!.toJavaScript();
    },
  };
}

function changes(call: Call): Pick<ProviderSession, "create" | "update" | "read" | "remove"> {
  return {
    async create(token, inputs, preview = false) {
      const request = new CreateRequest()
        .setUrn(urn(token))
        .setProperties(struct(inputs))
        .setPreview(preview);
      const response = await call<CreateRequest, CreateResponse>("create", request);
      return { id: response.getId(), outputs: response.getProperties()!.toJavaScript() };
    },
    async update(token, id, { olds, oldInputs, news, preview = false }) {
      const request = new UpdateRequest().setUrn(urn(token)).setId(id).setPreview(preview);
      request
        .setOlds(struct(olds))
        .setOldInputs(struct(oldInputs ?? olds))
        .setNews(struct(news));
      return (await call<UpdateRequest, UpdateResponse>("update", request)).getProperties()!.toJavaScript();
    },
    async read(token, id, { state = {}, inputs = {} } = {}) {
      const request = new ReadRequest().setUrn(urn(token)).setId(id);
      request.setProperties(struct(state)).setInputs(struct(inputs));
      const response = await call<ReadRequest, ReadResponse>("read", request);
      return {
        id: response.getId(),
        outputs: response.getProperties()?.toJavaScript(),
        inputs: response.getInputs()?.toJavaScript(),
      };
    },
    async remove(token, id, state) {
      await call("delete", new DeleteRequest().setUrn(urn(token)).setId(id).setProperties(struct(state)));
    },
  };
}

/** The resource that an error says exists although its creation failed. */
export function initFailure(error: ServiceError): { id: string; outputs: Wire; reasons: readonly string[] } {
  const trailer = error.metadata.get("grpc-status-details-bin")[0] as Buffer;
  const detail = Status.deserializeBinary(trailer).getDetailsList()[0]!;
  const failed = ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  return {
    id: failed.getId(),
    outputs: failed.getProperties()!.toJavaScript(),
    reasons: failed.getReasonsList(),
  };
}

function struct(values: Wire): Struct {
  return structOf(values);
}

function urn(token: string, name = "thing"): string {
  return `urn:pulumi:dev::project::strongroom:index:Parent$${token}::${name}`;
}
