import { UserAdministration } from "../../driver";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { PostgresClient } from "./client";
import { quoteIdentifier } from "./quoting";
import { scramVerifier } from "./scram-verifier";
import { inTransaction } from "./transaction";

/** Creating a user, and setting another user's password. */
export function postgresUsers(client: PostgresClient, budget: TimeBudget): UserAdministration {
  return {
    ensure: (username, password) =>
      inTransaction(client, budget, username, async () => {
        const { rows } = await client.query(
          `SELECT rolsuper OR rolreplication OR rolname = session_user AS is_powerful
           FROM pg_catalog.pg_roles WHERE rolname = $1`,
          [username],
        );
        if (rows[0]?.is_powerful) {
          const what = `role ${username} exists and is an administrator`;
          throw new RotationError("policy-refused", `postgres: ${what}: store its first value by hand`);
        }
        const verb = rows[0] ? "ALTER" : "CREATE";
        await client.query(
          `${verb} ROLE ${quoteIdentifier(username)} LOGIN PASSWORD '${scramVerifier(password)}'`,
        );
      }),
  };
}
