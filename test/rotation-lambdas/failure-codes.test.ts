import { strict as assert } from "assert";
import { toRotationError as ldap } from "../../rotation-lambdas/drivers/ldap/result-code";
import { toRotationError as mongodb } from "../../rotation-lambdas/drivers/mongodb/server-error";
import { toRotationError as mysql } from "../../rotation-lambdas/drivers/mysql/error-numbers";
import { toRotationError as oracle } from "../../rotation-lambdas/drivers/oracle/error-numbers";
import { toRotationError as postgres } from "../../rotation-lambdas/drivers/postgres/sqlstate";
import { toRotationError as redis } from "../../rotation-lambdas/drivers/redis/reply-error";
import { toRotationError as sqlserver } from "../../rotation-lambdas/drivers/sqlserver/error-numbers";
import { RotationError, RotationErrorCode } from "../../rotation-lambdas/rotation-error";

/** What a server may write into its error, and nobody may see. */
const quoted = "the-secret-password-1";
const failure = (fields: object) => Object.assign(new Error(`near '${quoted}'`), fields);
const login = (cause: unknown) => mysql(cause, "login as app", true);
const reply = (text: string) => Object.assign(new Error(`${text} ${quoted}`), { name: "ReplyError" });
const refusedBind = (data: string) =>
  Object.assign(new Error(`80090308: LdapErr: DSID-0C090446, data ${data}, ${quoted}`), { code: 49 });

type Kind = "account locked" | "read replica" | "no free connection" | "password refused by policy";
type Case = readonly [(cause: unknown, doing: string) => RotationError, unknown, RotationErrorCode];

/** By what happened, in the words or numbers of each server that can say so. */
const kinds: Readonly<Record<Kind, Readonly<Record<string, Case>>>> = {
  "account locked": {
    "MySQL, by an administrator": [login, failure({ errno: 3118 }), "locked"],
    "MySQL, after failed logins": [login, failure({ errno: 3955 }), "locked"],
    "MariaDB, by an administrator": [login, failure({ errno: 4151 }), "locked"],
    "MariaDB, after failed logins": [login, failure({ errno: 4150 }), "locked"],
    "SQL Server, after failed logins": [sqlserver, failure({ number: 18486 }), "locked"],
    "SQL Server, by an administrator": [sqlserver, failure({ number: 18470 }), "locked"],
    Oracle: [oracle, failure({ code: "ORA-28000" }), "locked"],
    "Active Directory, after failed logins": [ldap, refusedBind("775"), "locked"],
    "Active Directory, by an administrator": [ldap, refusedBind("533"), "locked"],
  },
  "read replica": {
    PostgreSQL: [postgres, failure({ code: "25006" }), "unsupported"],
    MySQL: [
      mysql,
      failure({ errno: 1290, message: `running with the --read-only option, ${quoted}` }),
      "unsupported",
    ],
    "MySQL, super": [
      mysql,
      failure({ errno: 1290, message: `running with the --super-read-only option, ${quoted}` }),
      "unsupported",
    ],
    "MariaDB's transactions": [mysql, failure({ errno: 1836 }), "unsupported"],
    "SQL Server": [sqlserver, failure({ number: 3906 }), "unsupported"],
    Oracle: [oracle, failure({ code: "ORA-16000" }), "unsupported"],
    MongoDB: [mongodb, failure({ code: 10107, name: "MongoServerError" }), "unsupported"],
    Redis: [redis, reply("READONLY You can't write against a read only replica."), "unsupported"],
    OpenLDAP: [ldap, failure({ code: 10 }), "unsupported"],
  },
  "no free connection": {
    PostgreSQL: [postgres, failure({ code: "53300" }), "unreachable"],
    "MySQL and MariaDB": [login, failure({ errno: 1040 }), "unreachable"],
    "MySQL, of the user": [login, failure({ errno: 1203 }), "unreachable"],
    "SQL Server": [sqlserver, failure({ number: 17809 }), "unreachable"],
    "Azure SQL": [sqlserver, failure({ number: 10928 }), "unreachable"],
    "Oracle's processes": [oracle, failure({ code: "ORA-00020" }), "unreachable"],
    "Oracle, of the user": [oracle, failure({ code: "ORA-02391" }), "unreachable"],
    MongoDB: [mongodb, failure({ name: "MongoNetworkError" }), "unreachable"],
    Redis: [redis, reply("ERR max number of clients reached"), "unreachable"],
    OpenLDAP: [ldap, failure({ code: 51 }), "unreachable"],
  },
  "password refused by policy": {
    "MySQL and MariaDB": [mysql, failure({ errno: 1819 }), "policy-refused"],
    "SQL Server, too short": [sqlserver, failure({ number: 15116 }), "policy-refused"],
    "SQL Server, not complex": [sqlserver, failure({ number: 15118 }), "policy-refused"],
    "Oracle's function": [oracle, failure({ code: "ORA-28003" }), "policy-refused"],
    "Oracle, used before": [oracle, failure({ code: "ORA-28007" }), "policy-refused"],
    OpenLDAP: [ldap, failure({ code: 19 }), "policy-refused"],
    "Active Directory": [ldap, failure({ code: 53 }), "policy-refused"],
  },
};

describe("what a server's refusal becomes", () => {
  for (const [kind, cases] of Object.entries(kinds))
    for (const [server, [toError, cause, code]] of Object.entries(cases))
      it(`${code}, without the server's text: ${kind}, ${server}`, () => {
        const error = toError(cause, "login as app");
        assert.equal(error.code, code);
        assert.equal(`${error.message} ${error.stack}`.includes(quoted), false);
      });
});
