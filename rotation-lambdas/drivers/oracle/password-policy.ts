import { PasswordPolicy, PasswordRules } from "../../password-policy";
import { OracleClient } from "./client";

/**
 * Oracle's own functions for profiles. Others are code that only the server can run.
 *
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/dbseg/configuring-authentication.html
 */
const functions: Readonly<Record<string, PasswordRules>> = {
  ORA12C_VERIFY_FUNCTION: { length: 8, letters: 1, digits: 1 },
  ORA12C_STRONG_VERIFY_FUNCTION: { length: 9, upper: 2, lower: 2, digits: 2, special: 2 },
  ORA12C_STIG_VERIFY_FUNCTION: { length: 15, upper: 1, lower: 1, digits: 1, special: 1 },
};

const ownFunction = `SELECT limit AS "function" FROM user_password_limits
  WHERE resource_name = 'PASSWORD_VERIFY_FUNCTION'`;
const functionOf = `SELECT DECODE(p.limit, 'DEFAULT', d.limit, p.limit) AS "function"
  FROM dba_users u JOIN dba_profiles p ON p.profile = u.profile AND p.resource_name = 'PASSWORD_VERIFY_FUNCTION'
  JOIN dba_profiles d ON d.profile = 'DEFAULT' AND d.resource_name = 'PASSWORD_VERIFY_FUNCTION'
  WHERE u.username = :1`;

/** The function that judges the user's new passwords. @param name as the catalogues have it */
export async function readPasswordPolicy(
  client: OracleClient,
  name: string,
  own: string,
): Promise<PasswordPolicy> {
  const { rows } = name === own ? await client.query(ownFunction) : await client.query(functionOf, [name]);
  const [row] = rows;
  if (!row) return { kind: "hidden", why: "the server does not show the profile of this user" };
  const named = String(row.function ?? "NULL").toUpperCase();
  if (["NULL", "UNLIMITED"].includes(named))
    return { kind: "none", why: "the user's profile has no PASSWORD_VERIFY_FUNCTION" };
  const rules = functions[named];
  return rules
    ? { kind: "rules", rules, source: named }
    : { kind: "hidden", why: "the profile's PASSWORD_VERIFY_FUNCTION is one that only the server knows" };
}
