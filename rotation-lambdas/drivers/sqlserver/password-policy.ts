import { PasswordPolicy } from "../../password-policy";
import { SqlServerClient } from "./client";
import { quoteText } from "./quoting";

/**
 * SQL Server asks Windows where a login has CHECK_POLICY, and shows nobody what Windows asks.
 *
 * @see https://learn.microsoft.com/en-us/sql/relational-databases/security/password-policy
 */
export async function readPasswordPolicy(client: SqlServerClient, username: string): Promise<PasswordPolicy> {
  const { rows } = await client.query(
    `SELECT is_policy_checked FROM sys.sql_logins WHERE name = ${quoteText(username)}`,
  );
  const [login] = rows;
  if (!login) return { kind: "hidden", why: "the server does not show this login" };
  if (!login.is_policy_checked) return { kind: "none", why: "the login has CHECK_POLICY off" };
  return { kind: "hidden", why: "the login has CHECK_POLICY on, and the policy is that of Windows" };
}
