import { execFileSync } from "child_process";
import { mkdirSync, writeFileSync } from "fs";
import { Client, ResultCodeError } from "ldapts";
import * as path from "path";
import { CertificateFiles, Certificates, makeCertificates } from "./certificates";
import { freePort, installedProgram, startServerProcess, temporaryFolder } from "./server-process";

export interface OpenLdapOptions {
  /** What the server shows. @default the good certificate */
  readonly certificate?: (made: Certificates) => CertificateFiles;
  /** Whether the password-policy overlay allows one value of 40 characters at least. @default false */
  readonly hasPolicy?: boolean;
}

/** Debian's slapd with TLS, one small directory and an administrator. */
export interface OpenLdapServer {
  readonly version: string;
  readonly host: "127.0.0.1";
  /** LDAPS. */
  readonly port: number;
  readonly plainPort: number;
  readonly caPem: string;
  readonly admin: { readonly username: string; readonly password: string };
  /** Where users are. */
  readonly base: string;
  /** Makes an entry with a password. @returns its name */
  addUser(uid: string, password: string): Promise<string>;
  /** Logs in by a connection of its own. @returns false when the server refuses */
  logIn(name: string, password: string): Promise<boolean>;
  /** An administrator's client of its own; the caller unbinds it. */
  adminClient(): Promise<Client>;
  /** Connections, operations, their arguments and the decisions of the access rules. */
  log(): string;
  /** What was logged since it was last asked. */
  newLog(): string;
  stop(): Promise<void>;
}

const suffix = "dc=example,dc=org";
const base = `ou=services,${suffix}`;
const admin = { username: `cn=admin,${suffix}`, password: "administrator-password-1" };

/** @throws Unavailable when slapd is not installed */
export async function startOpenLdap(options: OpenLdapOptions = {}): Promise<OpenLdapServer> {
  const program = installedProgram("slapd", "slapd");
  const { folder, remove } = temporaryFolder("openldap");
  const certificates = makeCertificates(folder);
  const [port, plainPort] = [await freePort(), await freePort()];
  const file = writeConfiguration(folder, certificates, options);
  const urls = `ldap://127.0.0.1:${plainPort}/ ldaps://127.0.0.1:${port}/`;
  const args = ["-f", file, "-h", urls, "-d", "stats,stats2,args,acl,config"];
  const server = await startServerProcess({ program, args, port });
  const connectAs = (name: string, password: string) => bound(plainPort, name, password);
  const setUp = await connectAs(admin.username, admin.password);
  await setUp.add(suffix, { objectClass: ["dcObject", "organization"], dc: "example", o: "Example" });
  await setUp.add(base, { objectClass: "organizationalUnit", ou: "services" });
  await setUp.unbind();
  return {
    ...{ version: versionOf(program), host: "127.0.0.1", caPem: certificates.caPem },
    ...{ port, plainPort, admin, base },
    async addUser(uid, userPassword) {
      const client = await connectAs(admin.username, admin.password);
      const name = `uid=${uid},${base}`;
      await client.add(name, { objectClass: ["account", "simpleSecurityObject"], uid, userPassword });
      await client.unbind();
      return name;
    },
    logIn: (name, password) => connectAs(name, password).then(closeAndSayYes, sayNoWhenRefused),
    adminClient: () => connectAs(admin.username, admin.password),
    log: () => server.output(),
    newLog: () => server.newOutput(),
    stop: async () => {
      await server.stop();
      remove();
    },
  };
}

function writeConfiguration(folder: string, certificates: Certificates, options: OpenLdapOptions): string {
  const { certificate, key } = (options.certificate ?? ((made) => made.server))(certificates);
  mkdirSync(path.join(folder, "data"));
  const schemas = ["core", "cosine", "inetorgperson"].map(
    (name) => `include /etc/ldap/schema/${name}.schema`,
  );
  const policy = ["overlay ppolicy", `ppolicy_default cn=policy,${suffix}`];
  const lines = [
    ...schemas,
    ...[
      "modulepath /usr/lib/ldap",
      "moduleload back_mdb",
      ...(options.hasPolicy ? ["moduleload ppolicy"] : []),
    ],
    ...[`TLSCertificateFile ${certificate}`, `TLSCertificateKeyFile ${key}`],
    ...["database mdb", `suffix "${suffix}"`, `rootdn "${admin.username}"`, `rootpw ${admin.password}`],
    ...[`directory ${path.join(folder, "data")}`, "maxsize 16777216", "dbnosync"],
    ...(options.hasPolicy ? policy : []),
    ...["access to attrs=userPassword by self write by anonymous auth by * none", "access to * by * read"],
  ];
  const file = path.join(folder, "slapd.conf");
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

async function bound(port: number, name: string, password: string): Promise<Client> {
  const client = new Client({ url: `ldap://127.0.0.1:${port}`, strictDN: false });
  try {
    await client.bind(name, password);
    return client;
  } catch (error) {
    await client.unbind().catch(() => undefined);
    throw error;
  }
}

async function closeAndSayYes(client: Client): Promise<true> {
  await client.unbind();
  return true;
}

function sayNoWhenRefused(error: unknown): false {
  if (error instanceof ResultCodeError && error.code === 49) return false;
  throw error;
}

function versionOf(program: string): string {
  const said = execFileSync("sh", ["-c", `"${program}" -VV 2>&1; true`], { encoding: "utf8" });
  return /slapd ([0-9.]+)/.exec(said)?.[1] ?? "";
}
