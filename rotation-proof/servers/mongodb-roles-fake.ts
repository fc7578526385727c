import { MongoConnection, MongoDocument, serveMongo } from "./mongo-wire";
import { ScramCredential, scramCredential, ScramServer } from "./scram-server";

/** A user as the fake keeps it. */
export interface FakeMongoUser {
  readonly name: string;
  credential: ScramCredential;
  roles: readonly MongoDocument[];
  customData?: MongoDocument;
  mechanisms: readonly string[];
  authenticationRestrictions: readonly MongoDocument[];
}

/**
 * MongoDB's management of users, for what FerretDB lacks. It covers: SCRAM-SHA-256 log-ins; createUser and updateUser with
 * roles, custom data, mechanisms and authentication restrictions (a command changes all it names or nothing; a role must
 * be known; a second user of the same name is refused); usersInfo, with restrictions only when asked for; and the rights
 * that these need: `root` and `userAdmin…` may do all, anybody sees itself, and the role `changeOwnPassword` sets its own
 * password. It logs commands with the password left out, as MongoDB does. It knows no TLS, replicas, data or SCRAM-SHA-1.
 */
export class MongoRolesFake {
  readonly host = "127.0.0.1";
  readonly admin = { username: "admin", password: "administrator-password-1" };
  readonly users = new Map<string, FakeMongoUser>();
  readonly log: string[] = [];
  readonly knownRoles = new Set([
    "root",
    "read",
    "readWrite",
    "userAdmin",
    "changeOwnPassword",
    "orders_app",
  ]);
  /** Answers every command but log-ins with this code, as a secondary would. */
  failure: number | undefined;
  port = 0;
  stop: () => Promise<void> = async () => undefined;

  static async start(): Promise<MongoRolesFake> {
    const fake = new MongoRolesFake();
    fake.put("admin", { pwd: fake.admin.password, roles: [{ role: "root", db: "admin" }] });
    const served = await serveMongo(() => fake.connection());
    return Object.assign(fake, served);
  }

  /** Makes a user or changes what is named. */
  put(name: string, command: MongoDocument): void {
    const before = this.users.get(name);
    const { roles = before?.roles ?? [], customData = before?.customData } = command;
    const asDocument = (role: unknown) =>
      typeof role === "string" ? { role, db: "admin" } : (role as MongoDocument);
    this.users.set(name, {
      name,
      credential: command["pwd"] === undefined ? before!.credential : scramCredential(String(command["pwd"])),
      roles: (roles as unknown[]).map(asDocument),
      mechanisms: command["mechanisms"] ?? before?.mechanisms ?? ["SCRAM-SHA-256"],
      authenticationRestrictions:
        command["authenticationRestrictions"] ?? before?.authenticationRestrictions ?? [],
      ...(customData === undefined ? {} : { customData: customData as MongoDocument }),
    });
  }

  private connection(): MongoConnection {
    const session: { login?: ScramServer; user?: FakeMongoUser } = {};
    return (command) => {
      const [name = ""] = Object.keys(command);
      this.log.push(
        JSON.stringify({ ...command, ...("pwd" in command ? { pwd: "xxx" } : {}), payload: undefined }),
      );
      if (/^(hello|ismaster)$/i.test(name)) return hello(command);
      if (name === "saslStart") return this.saslStart(command, session);
      if (name === "saslContinue") return this.saslContinue(command, session);
      if (name === "endSessions") return { ok: 1 };
      if (this.failure !== undefined) return refused(this.failure);
      return session.user ? this.manage(name, command, session.user.name) : refused(13);
    };
  }

  private saslStart(command: MongoDocument, session: { login?: ScramServer }): MongoDocument {
    const login = new ScramServer(textOf(command["payload"]));
    session.login = login;
    const payload = Buffer.from(login.challenge(this.users.get(login.username)?.credential));
    return { conversationId: 1, done: false, payload, ok: 1 };
  }

  private saslContinue(
    command: MongoDocument,
    session: { login?: ScramServer; user?: FakeMongoUser },
  ): MongoDocument {
    const user = this.users.get(session.login?.username ?? "");
    const answer = session.login?.finish(textOf(command["payload"]), user?.credential);
    if (answer === undefined) return refused(18);
    session.user = user!;
    return { conversationId: 1, done: true, payload: Buffer.from(answer), ok: 1 };
  }

  private manage(name: string, command: MongoDocument, self: string): MongoDocument {
    const roles = (this.users.get(self)?.roles ?? []).map(({ role }) => role as string);
    const isAdmin = roles.some((role) => role === "root" || role.startsWith("userAdmin"));
    const target = name === "usersInfo" ? String(command["usersInfo"]?.user ?? "") : String(command[name]);
    if (name === "usersInfo") {
      return isAdmin || target === self ? { users: this.find(target, command), ok: 1 } : refused(13);
    }
    if (name !== "createUser" && name !== "updateUser") return refused(59);
    const isOwnPassword =
      name === "updateUser" && target === self && roles.includes("changeOwnPassword") && !command["roles"];
    if (!isAdmin && !isOwnPassword) return refused(13);
    if ((name === "createUser") === this.users.has(target))
      return refused(name === "createUser" ? 51003 : 11);
    const wanted = (command["roles"] ?? []) as MongoDocument[];
    if (wanted.some(({ role }) => !this.knownRoles.has(role as string))) return refused(31);
    this.put(target, command);
    return { ok: 1 };
  }

  private find(name: string, command: MongoDocument): MongoDocument[] {
    const user = this.users.get(name);
    if (!user) return [];
    const { credential: _, authenticationRestrictions, ...rest } = user;
    const shown = command["showAuthenticationRestrictions"] ? { authenticationRestrictions } : {};
    return [{ _id: `admin.${name}`, user: name, db: "admin", ...rest, ...shown }];
  }
}

function hello({ saslSupportedMechs }: MongoDocument): MongoDocument {
  return {
    ...{ ismaster: true, isWritablePrimary: true, helloOk: true, readOnly: false, localTime: new Date() },
    ...{ minWireVersion: 0, maxWireVersion: 21, maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000 },
    ...{ maxWriteBatchSize: 100000, ok: 1 },
    ...(saslSupportedMechs === undefined ? {} : { saslSupportedMechs: ["SCRAM-SHA-256"] }),
  };
}

function refused(code: number): MongoDocument {
  return { ok: 0, code, codeName: `Code${code}`, errmsg: "refused" };
}

function textOf(payload: unknown): string {
  return Buffer.from((payload as { buffer: Uint8Array }).buffer).toString();
}
