import { randomBytes, randomUUID } from "crypto";
import { Call, ServiceHost } from "../core/operation";
import { Store } from "../core/store";
import { environmentOf } from "./configuration";
import { codes, FunctionRecord } from "./function-record";
import { keepLog } from "./logs";
import { assumeFunctionRole } from "./role";
import { CodeFolders, Finished, functionEnvironment, Launch, ProcessPool } from "./runtime";

/** What one cloud runs functions with. */
export interface Execution {
  readonly pool: ProcessPool;
  readonly folders: CodeFolders;
  readonly host: ServiceHost;
}

const executions = new Map<Store, Execution>();

/** Makes ready to run functions of a cloud; nothing is started before the first invocation. */
export function startExecution(host: ServiceHost): void {
  executions.set(host.store, { pool: new ProcessPool(), folders: new CodeFolders(), host });
}

/** Ends every process of a cloud's functions and removes their unpacked code. */
export function stopExecution(store: Store): void {
  const execution = executions.get(store);
  execution?.pool.end();
  execution?.folders.remove();
  executions.delete(store);
}

/** Ends every process of every cloud in this process. */
export function shutdown(): void {
  for (const store of [...executions.keys()]) stopExecution(store);
}

process.once("exit", shutdown);

export function executionOf(store: Store): Execution {
  const execution = executions.get(store);
  if (!execution) throw new Error("The cloud that this function belongs to is not running.");
  return execution;
}

/** Invocations of one function's versions have keys that begin so. */
export function poolPrefix(record: FunctionRecord): string {
  return `${record.arn} `;
}

/** Runs a function once, in a warm process or a new one, and keeps its log. */
export async function runFunction(
  record: FunctionRecord,
  event: Buffer,
  invokedArn: string,
  call: Call,
): Promise<Finished> {
  const { pool } = executionOf(call.store);
  const key = `${poolPrefix(record)}${record.version} ${record.revisionId} ${record.codeSha256}`;
  const kept = await pool.acquire(key, call.clock.now(), () => launchOf(record, call));
  let isOver = true;
  try {
    const requestId = randomUUID();
    const finished = await kept.process.invoke({
      requestId,
      event,
      invokedArn,
      timeoutSeconds: record.timeout,
    });
    isOver = finished.isOver;
    keepLog(call.store, record, { requestId, at: call.clock.now(), text: finished.log });
    return finished;
  } finally {
    pool.release(kept, isOver);
  }
}

async function launchOf(record: FunctionRecord, call: Call): Promise<Launch & { usableUntil: number }> {
  const { folders, host } = executionOf(call.store);
  const { role, arn, memorySize, version } = record;
  const credentials = await assumeFunctionRole({ role, arn, sessionName: record.name }, call);
  const cwd = folders.folder(record.codeSha256, () => codes(call.store).get(record.codeSha256)!.zip);
  const date = new Date(call.clock.now()).toISOString().slice(0, 10).replaceAll("-", "/");
  const logStream = `${date}/[${version}]${randomBytes(16).toString("hex")}`;
  const endpoint = endpointOf(record, host);
  const variables = environmentOf(record, call);
  return {
    command: process.execPath,
    args: [`--max-old-space-size=${Math.floor(memorySize * 0.9)}`, folders.bootstrapFile()],
    cwd,
    env: functionEnvironment({ record, credentials, variables, endpoint, codeFolder: cwd, logStream }),
    version,
    memorySize,
    usableUntil: credentials.Expiration.getTime() - 5 * 60_000,
  };
}

interface VpcEndpoint {
  readonly id: string;
  readonly region: string;
  readonly properties: { readonly VpcId?: string };
}

/** A function in a VPC reaches AWS through the VPC's endpoints; the cloud picks the one that serves the call. */
function endpointOf({ vpc, region }: FunctionRecord, host: ServiceHost): string {
  if (vpc === undefined) return host.url;
  const endpoints = host.store.table<VpcEndpoint>("cloudcontrol:AWS::EC2::VPCEndpoint");
  const own = [...endpoints.values()].find(
    (endpoint) => endpoint.region === region && endpoint.properties.VpcId === vpc.vpcId,
  );
  return own ? `${host.url}/vpce/${own.id}` : host.url;
}
