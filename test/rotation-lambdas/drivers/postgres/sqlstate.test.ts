import { strict as assert } from "assert";
import { toRotationError } from "../../../../rotation-lambdas/drivers/postgres/sqlstate";
import { RotationError } from "../../../../rotation-lambdas/rotation-error";

describe("the errors of PostgreSQL", () => {
  const cases: Record<string, { cause: unknown; code: string; message: string }> = {
    "a refused password": {
      cause: { code: "28P01", message: "secret" },
      code: "authentication",
      message:
        "postgres: x: the password is refused, or the role does not exist or has expired (SQLSTATE 28P01)",
    },
    "a missing privilege": {
      cause: { code: "42501", message: "secret" },
      code: "permission",
      message: "postgres: x: the role may not do this (SQLSTATE 42501)",
    },
    "a held lock": {
      cause: { code: "55P03" },
      code: "locked",
      message: "postgres: x: another session holds the role (SQLSTATE 55P03)",
    },
    "a reader": {
      cause: { code: "25006" },
      code: "unsupported",
      message: "postgres: x: the server is read-only: use the writer's host (SQLSTATE 25006)",
    },
    "an unknown state": {
      cause: { code: "42601", message: "syntax error at or near secret" },
      code: "unsupported",
      message: "postgres: x failed (SQLSTATE 42601)",
    },
    "a time-out of the client": {
      cause: new Error("timeout expired"),
      code: "timeout",
      message: "postgres: x: no answer in time",
    },
    "a certificate": {
      cause: { code: "CERT_HAS_EXPIRED" },
      code: "tls",
      message: "postgres: x: TLS failed (CERT_HAS_EXPIRED)",
    },
    "a server without TLS": {
      cause: new Error("The server does not support SSL connections"),
      code: "tls",
      message: "postgres: x: TLS failed (the server offers none)",
    },
    "a broken connection": {
      cause: new Error("Connection terminated unexpectedly"),
      code: "unreachable",
      message: "postgres: x: no connection (closed)",
    },
    "anything else": { cause: "secret", code: "unsupported", message: "postgres: x failed (no SQLSTATE)" },
  };
  for (const [what, { cause, code, message }] of Object.entries(cases)) {
    it(`tell ${what}, without the server's text`, () => {
      const error = toRotationError(cause, "x");
      assert.deepEqual([error.code, error.message], [code, message]);
    });
  }

  it("stay as they are when they are told already", () => {
    const error = new RotationError("locked", "told");
    assert.equal(toRotationError(error, "x"), error);
  });
});
