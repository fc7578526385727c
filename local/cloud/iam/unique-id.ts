import { randomBytes } from "crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An identifier in AWS's form: a four-letter prefix and 17 letters or digits; access key ids have 16. */
export function uniqueId(prefix: "AIDA" | "AROA" | "ANPA" | "AKIA" | "ASIA"): string {
  const length = prefix === "AKIA" || prefix === "ASIA" ? 16 : 17;
  return prefix + Array.from(randomBytes(length), (byte) => ALPHABET[byte % 32]).join("");
}

/** A secret access key: 40 characters of base64, from the system's random source alone. */
export function newSecretAccessKey(): string {
  return randomBytes(30).toString("base64");
}
