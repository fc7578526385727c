import { execFile } from "child_process";
import { randomBytes } from "crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "fs";
import { join } from "path";
import { promisify } from "util";
import { makeCertificates } from "./certificates";
import { ServerAccount } from "./server-account";
import { endStaleServer } from "./stale-server";

/** What one server keeps on disk. */
export interface Cluster {
  readonly data: string;
  readonly superuser: string;
  readonly password: string;
  /** PEM file of the authority that clients trust. */
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

const superuser = "postgres";

/** TLS only, passwords by SCRAM only, and nobody but this machine. */
const hostBasedAuthentication = `
hostssl all all 127.0.0.1/32 scram-sha-256
hostssl all all ::1/128 scram-sha-256
`;

/**
 * The cluster in `dir`, made when it is not there yet; a kill while it is being made leaves nothing that counts as one.
 */
export async function openCluster(
  dir: string,
  binaries: string,
  account: ServerAccount | undefined,
): Promise<Cluster> {
  const root = join(dir, "cluster");
  if (!existsSync(root)) await makeCluster(root, binaries, account);
  return {
    data: join(root, "data"),
    superuser,
    password: readFileSync(join(root, "password"), "utf8"),
    caFile: join(root, "authority.pem"),
    certificateFile: join(root, "server.pem"),
    keyFile: join(root, "server.key"),
  };
}

/** Ends what runs on the cluster in `dir`, and removes the cluster. */
export async function removeCluster(dir: string): Promise<void> {
  const root = join(dir, "cluster");
  await endStaleServer(join(root, "data"));
  rmSync(root, { recursive: true, force: true });
}

async function makeCluster(
  root: string,
  binaries: string,
  account: ServerAccount | undefined,
): Promise<void> {
  const working = `${root}.making`;
  rmSync(working, { recursive: true, force: true });
  mkdirSync(working, { recursive: true });
  own(working, account);
  const file = (name: string, text: string, mode: number) => {
    writeFileSync(join(working, name), text, { mode });
    own(join(working, name), account);
  };
  file("password", randomBytes(24).toString("base64url"), 0o600);
  const { authority, certificate, key } = makeCertificates();
  file("authority.pem", authority, 0o644);
  file("server.pem", certificate, 0o644);
  file("server.key", key, 0o600);
  const flags = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"];
  const places = [`--pgdata=${join(working, "data")}`, `--pwfile=${join(working, "password")}`];
  await promisify(execFile)(
    join(binaries, "bin", "initdb"),
    [...flags, ...places, `--username=${superuser}`],
    { ...account, cwd: working, env: serverEnvironment() },
  );
  const hba = join(working, "data", "pg_hba.conf");
  writeFileSync(hba, hostBasedAuthentication);
  renameSync(working, root);
}

function own(path: string, account: ServerAccount | undefined): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/** Makes `dir` one that the server's account may go through. */
export function openFolder(dir: string): void {
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o755);
}

/** Nothing of the user's `PG…` variables, and messages that can be read by program. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("PG"));
  return { ...Object.fromEntries(kept), LC_ALL: "C", TZ: "UTC" };
}
