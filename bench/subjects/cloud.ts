import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { cloudCommand } from "../../cli/cloud-command";
import { accountsFile, administrators } from "../../cli/organisation";
import { Figure, median } from "../figure";
import { background, Background } from "../support/background";
import { startMoto } from "../support/moto";

const ROOT = join(__dirname, "../..");
const MOTO_PORT = 45_671;
const READS = 3_000;
const AT_ONCE = 8;
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
  const ours = await rate(client(urlOf(cloud)));
  await cloud.stop();
  const moto = await startMoto(ROOT, MOTO_PORT);
  const theirs = await rate(client(`http://127.0.0.1:${MOTO_PORT}`));
  await moto.stop();
  const detail = `${ours.toFixed(0)} against ${theirs.toFixed(0)} reads a second, ${AT_ONCE} at once, same SDK client`;
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

async function rate(secrets: SecretsManagerClient): Promise<number> {
  await secrets.send(
    new CreateSecretCommand({ Name: "bench/read", SecretString: '{"password":"not a real one"}' }),
  );
  await readMany(secrets, 2_000); // warm
  const started = performance.now();
  await readMany(secrets, READS);
  const perSecond = (READS / (performance.now() - started)) * 1000;
  secrets.destroy();
  return perSecond;
}

async function readMany(secrets: SecretsManagerClient, count: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await secrets.send(new GetSecretValueCommand({ SecretId: "bench/read" }));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
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
