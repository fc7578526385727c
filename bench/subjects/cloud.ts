import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { cloudCommand } from "../../cli/cloud-command";
import { accountsFile, administrators } from "../../cli/organisation";
import { Figure, median } from "../figure";
import { background, Background } from "../support/background";
import { startMoto } from "../support/moto";
import { startReader } from "../support/reader";

const ROOT = join(__dirname, "../..");
const MOTO_PORT = 45_671;
const READS = 3_000;
const WARM_READS = 3_000;
/** Calls in flight: what one SDK client sends without waiting for itself. */
const AT_ONCE = 4;
const SECRETS = 10_000;
const STARTS = 5;

const keys = administrators();
const accounts = join(tmpdir(), `strongroom-bench-accounts-${process.pid}.json`);

/** Start-up, rate of reads against moto's, memory with many secrets. */
export async function measure(): Promise<readonly Figure[]> {
  writeFileSync(accounts, JSON.stringify(accountsFile(keys)), { mode: 0o600 });
  try {
    return [await ready(), ...(await reads()), await memory()];
  } finally {
    rmSync(accounts, { force: true });
  }
}

const startCloud = () =>
  background(process.execPath, cloudCommand(ROOT, "--port", "0", "--accounts", accounts), /listening on/);

const urlOf = (cloud: Background) => /http:\S+/.exec(cloud.line)![0];

async function ready(): Promise<Figure> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const cloud = await startCloud();
    times.push(cloud.readyMs);
    await cloud.stop();
  }
  const detail = `median of ${STARTS} starts, process start to listening`;
  return {
    name: "local cloud: ready",
    value: median(times),
    unit: "ms",
    goal: { relation: "<=", value: 300 },
    detail,
  };
}

async function reads(): Promise<readonly Figure[]> {
  const cloud = await startCloud();
  const ours = await rate(urlOf(cloud));
  await cloud.stop();
  const moto = await startMoto(ROOT, MOTO_PORT);
  const theirs = await rate(`http://127.0.0.1:${MOTO_PORT}`);
  await moto.stop();
  const clients = `one SDK client in a process of its own, ${AT_ONCE} calls at once`;
  const detail = `${ours.toFixed(0)} against ${theirs.toFixed(0)} reads a second, ${clients}`;
  return [
    {
      name: "local cloud: GetSecretValue v moto",
      value: ours / theirs,
      unit: "x",
      goal: { relation: ">=", value: 5 },
      detail,
    },
  ];
}

/** Reads a second of one client; a second one would take the server's core on a machine of two. */
async function rate(endpoint: string): Promise<number> {
  const secrets = client(endpoint);
  await secrets.send(
    new CreateSecretCommand({ Name: "bench/read", SecretString: '{"password":"not a real one"}' }),
  );
  secrets.destroy();
  const options = { endpoint, credentials: keys.secrets, atOnce: AT_ONCE, warm: WARM_READS, reads: READS };
  const reader = await startReader(options, "bench/read");
  return reader.measure();
}

async function memory(): Promise<Figure> {
  const cloud = await startCloud();
  const secrets = client(urlOf(cloud));
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < SECRETS; i = next++) {
      await secrets.send(
        new CreateSecretCommand({ Name: `bench/${i}`, SecretString: `{"password":"not a real one ${i}"}` }),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const megabytes = residentBytes(cloud.child.pid!) / 1e6;
  secrets.destroy();
  await cloud.stop();
  const detail = `resident memory with ${SECRETS} secrets of one version`;
  return {
    name: "local cloud: memory",
    value: megabytes,
    unit: "MB",
    goal: { relation: "<=", value: 150 },
    detail,
  };
}

function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

function client(endpoint: string): SecretsManagerClient {
  const { accessKeyId, secretAccessKey } = keys.secrets;
  return new SecretsManagerClient({
    region: "eu-west-1",
    endpoint,
    credentials: { accessKeyId, secretAccessKey },
  });
}
