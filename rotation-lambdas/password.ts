import { randomInt } from "crypto";
import { PasswordSettings } from "../components/model/rotation-settings";
import { RotationError } from "./rotation-error";

const classes = [
  "abcdefghijklmnopqrstuvwxyz",
  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "0123456789",
  "!#$%&()*+,-.;<=>?[]^_`{|}~/@\"'\\:",
] as const;

/** Characters left out unless the settings say otherwise. */
export const defaultExcludedCharacters = "/@\"'\\: ";

/**
 * A password from the system's secure source, of printable ASCII, with at least one character of each class
 * that the exclusions leave. Made here rather than by GetRandomPassword: one permission and one call fewer.
 *
 * @throws RotationError `policy-refused` when the exclusions leave fewer than ten characters
 */
export function generatePassword(settings: PasswordSettings = {}): string {
  const excluded = new Set(settings.excludeCharacters ?? defaultExcludedCharacters);
  const allowed = classes.map((group) => [...group].filter((char) => !excluded.has(char)).join(""));
  const pools = allowed.filter((pool) => pool.length > 0);
  const all = pools.join("");
  if (all.length < 10) throw new RotationError("policy-refused", "password.excludeCharacters leaves too few");
  const length = settings.length ?? 32;
  const chars = pools.map(pick);
  while (chars.length < length) chars.push(pick(all));
  return shuffled(chars).join("");
}

function pick(pool: string): string {
  return pool[randomInt(pool.length)]!;
}

function shuffled(items: readonly string[]): string[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
