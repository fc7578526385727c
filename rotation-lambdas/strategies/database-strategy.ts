import {
  DatabaseCredential,
  parseDatabaseCredential,
  renderDatabaseCredential,
} from "../../components/model/credential";
import { RotationSettings } from "../../components/model/rotation-settings";
import { Driver } from "../driver";
import { generatePassword } from "../password";
import { RotationError } from "../rotation-error";
import { Strategy } from "../strategy";
import { readPasswordPolicy } from "./database-policy";

type PayloadPart = Pick<
  Strategy<DatabaseCredential>,
  "parse" | "render" | "secretTexts" | "seed" | "next" | "mismatches" | "passwordPolicy"
>;

/**
 * What all database strategies share: the payload, and which user comes next.
 *
 * @param nextUsername the user of the next version, from the current one's
 */
export function databasePayload(driver: Driver, nextUsername: (current: string) => string): PayloadPart {
  const next = (current: DatabaseCredential, settings: RotationSettings): DatabaseCredential => {
    checkEngine(driver, current.engine);
    const username = nextUsername(current.username);
    return { ...current, username, password: newPassword(driver, settings) };
  };
  return {
    parse: parseDatabaseCredential,
    render: renderDatabaseCredential,
    secretTexts: ({ password }) => [password],
    seed: (settings) => ({ ...seedOf(driver, settings), password: newPassword(driver, settings) }),
    next,
    passwordPolicy: (from) => readPasswordPolicy(driver, from),
    mismatches(pending, current, settings) {
      const expected = current
        ? { ...current, username: nextUsername(current.username) }
        : seedOf(driver, settings);
      return identity.filter((field) => pending[field] !== expected[field]);
    },
  };
}

function newPassword({ maxPasswordLength = Infinity }: Driver, { password }: RotationSettings): string {
  return generatePassword({ ...password, length: Math.min(password?.length ?? 32, maxPasswordLength) });
}

/** Where a credential points, and by whose leave. */
const identity = ["engine", "host", "port", "dbname", "username", "masterarn"] as const;

function seedOf(driver: Driver, { seed }: RotationSettings): Omit<DatabaseCredential, "password"> {
  if (!seed) {
    const advice = "store a first value, or give the function a seed";
    throw new RotationError("invalid-secret", `the secret has no current value: ${advice}`);
  }
  checkEngine(driver, seed.engine);
  checkUsername(driver, seed.username);
  return { ...seed, extra: {} };
}

function checkEngine(driver: Driver, engine: string): void {
  if (driver.engines.includes(engine)) return;
  throw new RotationError("unsupported", `"engine" must be one of ${driver.engines.join(", ")}`);
}

/** @throws RotationError `unsupported`: the server would cut a longer name silently */
export function checkUsername(driver: Driver, username: string): void {
  const { maxUsernameBytes, maxUsernameCharacters = Infinity } = driver;
  const bytes = Buffer.byteLength(username);
  const characters = [...username].length;
  if (characters > maxUsernameCharacters) {
    const limit = `${maxUsernameCharacters} at most`;
    throw new RotationError("unsupported", `the user name would have ${characters} characters: ${limit}`);
  }
  if (bytes <= maxUsernameBytes && !username.includes("\0")) return;
  const limit = `${maxUsernameBytes} bytes at most, without NUL`;
  throw new RotationError("unsupported", `the user name would have ${bytes} bytes: ${limit}`);
}
