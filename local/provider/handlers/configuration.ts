import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
  CheckRequest,
  CheckResponse,
  ConfigureRequest,
  ConfigureResponse,
  DiffRequest,
  DiffResponse,
  InvokeRequest,
  InvokeResponse,
  PropertyDiff,
  ProviderHandshakeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { describeError } from "../aws";
import { invokeFunctions } from "../invokes";
import { LocalProvider } from "../provider";
import { decodeProperties, encodeProperties, sameValue } from "../values";

/** Version of the AWS provider whose resources are modelled. */
export const PROVIDER_VERSION = "7.48.0";

/** Says that secrets, resource references and outputs are understood. */
export function handshake(): ProviderHandshakeResponse {
  const response = new ProviderHandshakeResponse();
  response.setAcceptSecrets(true);
  response.setAcceptResources(true);
  response.setAcceptOutputs(true);
  return response;
}

/** Takes the provider's arguments as they are; `configure` judges them. */
export function checkConfig(request: CheckRequest): CheckResponse {
  const response = new CheckResponse();
  response.setInputs(request.getNews());
  return response;
}

/** A provider in another Region has other resources; every other change is an update. */
export function diffConfig(request: DiffRequest): DiffResponse {
  const olds = decodeProperties(request.getOldInputs() ?? request.getOlds()).values;
  const news = decodeProperties(request.getNews()).values;
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  const changed = names.filter((name) => name !== "version" && !sameValue(olds[name], news[name]));
  const response = new DiffResponse();
  response.setChanges(
    changed.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE,
  );
  response.setDiffsList(changed);
  response.setReplacesList(changed.filter((name) => name === "region"));
  response.setHasdetaileddiff(true);
  for (const name of changed) {
    const detail = new PropertyDiff();
    detail.setKind(name === "region" ? PropertyDiff.Kind.UPDATE_REPLACE : PropertyDiff.Kind.UPDATE);
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(name, detail);
  }
  return response;
}

/** Sets the account and Region of this process. */
export async function configure(
  request: ConfigureRequest,
  provider: LocalProvider,
): Promise<ConfigureResponse> {
  try {
    await provider.configure(decodeProperties(request.getArgs()).values);
  } catch (error) {
    throw new Error(`configuring the AWS provider: ${describeError(error)}`);
  }
  const response = new ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setSupportspreview(true);
  response.setAcceptresources(true);
  response.setAcceptoutputs(true);
  return response;
}

/** Calls a function of the provider, such as `aws.getCallerIdentity`. */
export async function invoke(request: InvokeRequest, provider: LocalProvider): Promise<InvokeResponse> {
  const run = invokeFunctions.get(request.getTok());
  if (run === undefined) {
    throw new Error(`${request.getTok()} is not modelled by the local provider`);
  }
  const args = decodeProperties(request.getArgs());
  const response = new InvokeResponse();
  try {
    response.setReturn(encodeProperties(await run(args.values, provider)));
  } catch (error) {
    throw new Error(`invoking ${request.getTok()}: ${describeError(error)}`);
  }
  return response;
}

/** The version that the engine and its state record. */
export function getPluginInfo(): PluginInfo {
  const info = new PluginInfo();
  info.setVersion(PROVIDER_VERSION);
  return info;
}
