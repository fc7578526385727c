import { PasswordPolicy } from "../../password-policy";
import { RotationError } from "../../rotation-error";
import { MysqlClient } from "./client";

/**
 * The rules of MySQL's component `validate_password`, or of the plugin of that name in 5.7. Everybody may read them.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/validate-password-options-variables.html
 */
export async function readValidatePassword(client: MysqlClient): Promise<PasswordPolicy> {
  const { rows } = await client.query("SHOW GLOBAL VARIABLES LIKE 'validate_password%'");
  const values = new Map(rows.map((row) => [shortName(row.Variable_name), String(row.Value)] as const));
  if (values.size === 0) return { kind: "none", why: "validate_password is not installed" };
  const numberOf = (name: string) => Number(values.get(name) ?? 0);
  const isLow = ["0", "LOW"].includes((values.get("policy") ?? "").toUpperCase());
  const mixed = numberOf("mixed_case_count");
  const sorts = { lower: mixed, upper: mixed, digits: numberOf("number_count") };
  return {
    kind: "rules",
    rules: {
      length: numberOf("length"),
      ...(isLow ? {} : { ...sorts, special: numberOf("special_char_count") }),
    },
    source: "validate_password",
  };
}

/** `validate_password.length` and `validate_password_length` are `length`. */
function shortName(variable: unknown): string {
  return String(variable).replace(/^validate_password[._]/, "");
}

/** MariaDB gets hashes only, which its validation plugins either do not see or, told to be strict, refuse. */
export async function readHashPolicy(check: () => Promise<void>): Promise<PasswordPolicy> {
  try {
    await check();
    return { kind: "none", why: "the server gets a hash, which it does not judge" };
  } catch (error) {
    if (error instanceof RotationError && error.code === "policy-refused")
      return { kind: "refuses", why: error.message };
    throw error;
  }
}
