import { Policies } from "@pulumi/policy";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { StackResource } from "./secret-stack";

/** What a pack says to one call of the engine. */
export interface Answer {
  readonly diagnostics: readonly string[];
  /** From the first call to the last answer. */
  readonly milliseconds: number;
}

type Rpc = (
  call: { request: unknown },
  callback: (error: unknown, response?: Response) => void,
) => Promise<void>;
interface Response {
  getDiagnosticsList?(): { getPolicyname(): string; getMessage(): string }[];
}

type ServeCall = (name: string, version: string, level: string, policies: Policies) => Rpc;

/** The SDK's own answers to the engine; its declarations leave them out. */
const sdk = require("@pulumi/policy/server") as Readonly<
  Record<"makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun" | "makeRemediateRpcFun", ServeCall>
>;

/**
 * The calls of one preview, as the engine makes them and the SDK serves them: two for each resource, then one for the
 * whole stack. Messages of the protocol are built beforehand, so that only the pack and the SDK are timed.
 */
export function packCalls(policies: Policies, stack: readonly StackResource[]): () => Promise<Answer> {
  const args = ["strongroom", "0.1.0", "advisory", policies] as const;
  const analyze = sdk.makeAnalyzeRpcFun(...args);
  const remediate = sdk.makeRemediateRpcFun(...args);
  const analyzeStack = sdk.makeAnalyzeStackRpcFun(...args);
  return async () => {
    const requests = stack.map(analyzeRequest);
    const whole = new analyzer.AnalyzeStackRequest();
    whole.setResourcesList(stack.map(analyzerResource));
    const diagnostics: string[] = [];
    const started = performance.now();
    for (const request of requests) {
      await call(remediate, request);
      diagnostics.push(...(await call(analyze, request)));
    }
    diagnostics.push(...(await call(analyzeStack, whole)));
    return { diagnostics, milliseconds: performance.now() - started };
  };
}

function call(rpc: Rpc, request: unknown): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    void rpc({ request }, (error, response) => {
      if (error) reject(error instanceof Error ? error : new Error(String(error)));
      else {
        const found = response?.getDiagnosticsList?.() ?? [];
        resolve(found.map((one) => `${one.getPolicyname()}: ${one.getMessage()}`));
      }
    });
  });
}

function analyzeRequest({ type, urn, name, inputs }: StackResource): analyzer.AnalyzeRequest {
  const request = new analyzer.AnalyzeRequest();
  fill(request, type, urn, name, inputs);
  request.setProvider(provider());
  return request;
}

function analyzerResource({ type, urn, name, outputs, from }: StackResource): analyzer.AnalyzerResource {
  const resource = new analyzer.AnalyzerResource();
  fill(resource, type, urn, name, outputs);
  resource.setProvider(provider());
  resource.setDependenciesList(Object.values(from).flat());
  for (const [property, urns] of Object.entries(from)) {
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    resource.getPropertydependenciesMap().set(property, dependencies);
  }
  return resource;
}

function fill(
  message: analyzer.AnalyzeRequest | analyzer.AnalyzerResource,
  type: string,
  urn: string,
  name: string,
  properties: Readonly<Record<string, unknown>>,
): void {
  message.setType(type);
  message.setUrn(urn);
  message.setName(name);
  message.setProperties(Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]));
  message.setOptions(new analyzer.AnalyzerResourceOptions());
}

function provider(): analyzer.AnalyzerProviderResource {
  const message = new analyzer.AnalyzerProviderResource();
  message.setType("pulumi:providers:aws");
  message.setUrn("urn:pulumi:dev::bench::pulumi:providers:aws::default");
  message.setName("default");
  message.setProperties(Struct.fromJavaScript({ region: "eu-west-1" }));
  return message;
}
