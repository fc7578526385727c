import { createHash } from "crypto";
import { DualPasswordAdministration, UserAdministration } from "../../driver";
import { RotationError } from "../../rotation-error";
import { RedisClient } from "./client";
import { isWithoutAclFile, isWithoutConfigFile } from "./reply-error";

/**
 * The ACL's form of a password: `#` and its SHA-256. The server compares with nothing else, so it never sees the
 * password except in AUTH.
 *
 * @see https://redis.io/docs/latest/commands/acl-setuser/
 */
export function passwordRule(password: string): string {
  return `#${createHash("sha256").update(password).digest("hex")}`;
}

/** Sends a command; errors of the server arrive as it sent them. */
export type Send = RedisClient["command"];

/** What a session can do to users by their ACL. Each change is one command, which the server applies whole or not. */
export class RedisAcl implements UserAdministration, DualPasswordAdministration {
  constructor(
    private readonly send: Send,
    private readonly self: string,
  ) {}

  async changeOwnPassword(password: string): Promise<void> {
    await this.setPasswords(this.self, ["resetpass", passwordRule(password)]);
  }

  /** A new user may do nothing until somebody grants it commands and keys. */
  async ensure(username: string, password: string): Promise<void> {
    if (username === this.self) {
      const what = `user ${username} exists and is the administrator`;
      throw new RotationError("policy-refused", `redis: ${what}: store its first value by hand`);
    }
    if (/[\s\0]/.test(username))
      throw new RotationError("unsupported", "redis: a user name holds no white space");
    const user = await this.find(username);
    await this.setPasswords(username, [...(user ? [] : ["on"]), "resetpass", passwordRule(password)]);
  }

  async add(username: string, password: string, kept: string): Promise<void> {
    await this.requireUser(username);
    await this.setPasswords(username, ["resetpass", passwordRule(kept), passwordRule(password)]);
  }

  async keepOnly(username: string, password: string): Promise<void> {
    const user = await this.requireUser(username);
    const rule = passwordRule(password);
    if (!user.hashes.includes(rule.slice(1))) {
      throw new RotationError(
        "conflict",
        `redis: user ${username} does not have the password that is to be kept`,
      );
    }
    await this.setPasswords(username, ["resetpass", rule]);
  }

  private async requireUser(username: string): Promise<AclUser> {
    const user = await this.find(username);
    if (!user) throw new RotationError("conflict", `redis: user ${username} does not exist`);
    if (user.flags.includes("off")) throw new RotationError("locked", `redis: user ${username} is off`);
    return user;
  }

  private async find(username: string): Promise<AclUser | undefined> {
    const reply = await this.send("ACL", "GETUSER", username);
    return Array.isArray(reply) ? toAclUser(reply) : undefined;
  }

  /** Saving is tried before the change: users that a restart would reset must not be changed. */
  private async setPasswords(username: string, rules: readonly string[]): Promise<void> {
    await this.save();
    await this.send("ACL", "SETUSER", username, ...rules);
    await this.save();
  }

  private async save(): Promise<void> {
    try {
      await this.send("ACL", "SAVE");
      return;
    } catch (error) {
      if (!isWithoutAclFile(error)) throw error;
    }
    try {
      await this.send("CONFIG", "REWRITE");
    } catch (error) {
      if (!isWithoutConfigFile(error)) throw error;
      const what =
        "the server has neither an ACL file nor a configuration file, so a restart would undo the change";
      throw new RotationError("unsupported", `redis: ${what}`);
    }
  }
}

interface AclUser {
  readonly flags: readonly string[];
  /** SHA-256 of each password, in hexadecimal. */
  readonly hashes: readonly string[];
}

/** ACL GETUSER answers a flat list of names and values in RESP 2. */
function toAclUser(reply: readonly unknown[]): AclUser {
  const valueOf = (name: string) => reply[reply.indexOf(name) + 1];
  return { flags: valueOf("flags") as string[], hashes: valueOf("passwords") as string[] };
}
