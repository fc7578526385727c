import { PasswordPolicy } from "../../password-policy";
import { PostgresClient } from "./client";

/** Libraries that may judge passwords, and what each does with a SCRAM verifier, which is all that the driver sends. */
const libraries: Readonly<Record<string, PasswordPolicy>> = {
  passwordcheck: {
    kind: "none",
    why: "passwordcheck is loaded, and takes a verifier, of which it can only see whether it is the user's name",
  },
  credcheck: {
    kind: "hidden",
    why: "credcheck is loaded, which refuses verifiers unless credcheck.encrypted_password_allowed is on",
  },
};

/**
 * PostgreSQL judges passwords by libraries that are loaded when it starts. Their names are shown to members of
 * pg_read_all_settings only.
 *
 * @see https://www.postgresql.org/docs/current/passwordcheck.html
 */
export async function readPasswordPolicy(client: PostgresClient): Promise<PasswordPolicy> {
  const { rows } = await client.query("SHOW shared_preload_libraries");
  const loaded = String(rows[0]?.shared_preload_libraries ?? "")
    .split(",")
    .map((name) => name.trim().replace(/^"|"$/g, "").split("/").pop()!);
  const known = Object.keys(libraries).filter((name) => loaded.includes(name));
  const policies = known.map((name) => libraries[name]!);
  const none: PasswordPolicy = { kind: "none", why: "no library that judges passwords is loaded" };
  return policies.find(({ kind }) => kind === "hidden") ?? policies[0] ?? none;
}
