import { createHash } from "crypto";
import { createServer, IncomingMessage, ServerResponse } from "http";
import { AddressInfo } from "net";
import { Environment } from "../../rotation-lambdas/secrets-manager";
import { RedisServer, startRedis } from "./redis";

/**
 * ElastiCache's API for users before a real Redis, which stands for the user's cluster. It covers DescribeUsers and
 * ModifyUser in the query protocol: one or two passwords, which replace those before; lengths of 16 to 128; a user that
 * is `modifying` for two looks at it, in which ModifyUser is refused, and whose passwords the cluster takes up at the
 * third; UserNotFound. Looks are counted, not time, so that a rotation makes the same calls on a machine under load. It
 * checks no signature and no permission, and knows no user groups and no other fields of a user.
 */
export interface ElastiCacheFake {
  readonly redis: RedisServer;
  readonly environment: Environment;
  /** Makes a user with one password. @returns its ARN */
  addUser(userName: string, password: string): Promise<string>;
  /** SHA-256 of the passwords the cluster accepts, in hexadecimal. */
  hashesOf(userName: string): Promise<readonly string[]>;
  /** The next ModifyUser is refused with this code. */
  failNext(code: string): void;
  stop(): Promise<void>;
}

interface User {
  readonly userName: string;
  /** Set while the user is `modifying`. */
  change?: { readonly passwords: readonly string[]; looksLeft: number };
}

/** Answers of DescribeUsers that show a change under way. */
const looksWhileModifying = 2;
const arnPrefix = "arn:aws:elasticache:eu-west-1:111111111111:user:";

/** @throws Unavailable when redis-server is not installed */
export async function startElastiCacheFake(): Promise<ElastiCacheFake> {
  const redis = await startRedis();
  const service = new FakeService(redis);
  const server = createServer((message, answer) => void respond(service, message, answer));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    redis,
    environment: {
      ...{
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
        AWS_SECRET_ACCESS_KEY: "proof",
      },
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    addUser: (userName, password) => service.add(userName, password),
    hashesOf: async (userName) => {
      const reply = (await redis.command("ACL", "GETUSER", userName)) as unknown[];
      return reply[reply.indexOf("passwords") + 1] as string[];
    },
    failNext: (code) => void (service.nextFailure = code),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await redis.stop();
    },
  };
}

class FakeService {
  readonly users = new Map<string, User>();
  nextFailure: string | undefined;

  constructor(private readonly redis: RedisServer) {}

  async add(userName: string, password: string): Promise<string> {
    await this.redis.command("ACL", "SETUSER", userName, "on", `>${password}`, "~*", "+@all");
    this.users.set(`id-${userName}`, { userName });
    return `${arnPrefix}id-${userName}`;
  }

  /** The user as XML, or the code of an error. */
  async answer(
    action: string,
    userId: string,
    passwords: readonly string[],
  ): Promise<string | { readonly code: string }> {
    const user = this.users.get(userId);
    if (!user) return { code: "UserNotFound" };
    if (action === "DescribeUsers") {
      await this.look(user);
      return `<Users><member>${renderUser(userId, user)}</member></Users>`;
    }
    return this.modify(userId, user, passwords);
  }

  private modify(
    userId: string,
    user: User,
    passwords: readonly string[],
  ): string | { readonly code: string } {
    const failure = this.nextFailure;
    this.nextFailure = undefined;
    if (failure) return { code: failure };
    if (user.change) return { code: "InvalidUserState" };
    const fit = passwords.length >= 1 && passwords.length <= 2;
    if (!fit || passwords.some(({ length }) => length < 16 || length > 128))
      return { code: "InvalidParameterValue" };
    user.change = { passwords, looksLeft: looksWhileModifying };
    return renderUser(userId, user);
  }

  /** One look at the user; the last one of a change finds the cluster with the new passwords. */
  private async look(user: User): Promise<void> {
    const { change } = user;
    if (!change || change.looksLeft-- > 0) return;
    const hashes = change.passwords.map(
      (password) => `#${createHash("sha256").update(password).digest("hex")}`,
    );
    await this.redis.command("ACL", "SETUSER", user.userName, "resetpass", ...hashes);
    if (user.change === change) delete user.change;
  }
}

function renderUser(userId: string, { userName, change }: User): string {
  const ids = `<UserId>${userId}</UserId><UserName>${userName}</UserName><ARN>${arnPrefix}${userId}</ARN>`;
  return `${ids}<Status>${change ? "modifying" : "active"}</Status><Engine>redis</Engine>`;
}

async function respond(
  service: FakeService,
  message: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const input = new URLSearchParams(Buffer.concat(chunks).toString());
  const action = input.get("Action") ?? "";
  const passwords = ["1", "2", "3"].flatMap((index) => input.get(`Passwords.member.${index}`) ?? []);
  const result = await service.answer(action, input.get("UserId") ?? "", passwords);
  const isError = typeof result !== "string";
  answer.writeHead(isError ? 400 : 200, { "content-type": "text/xml" });
  answer.end(
    isError
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>${result.code}</Code></Error></ErrorResponse>`
      : `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
  );
}
