import { strict as assert } from "assert";
import {
  parseAdminCredential,
  parseDatabaseCredential,
  renderDatabaseCredential,
} from "../../../components/model/credential";

const minimal = { engine: "postgres", host: "db.example", username: "app", password: "p" };

describe("a database credential", () => {
  const accepted: Record<string, { text: object; value: object }> = {
    "the least there must be": { text: minimal, value: { ...minimal, extra: {} } },
    "a port as a number": { text: { ...minimal, port: 5433 }, value: { ...minimal, port: 5433, extra: {} } },
    "a port as a string": {
      text: { ...minimal, port: "5433" },
      value: { ...minimal, port: 5433, extra: {} },
    },
    "fields left blank": {
      text: { ...minimal, port: "", dbname: "", masterarn: null },
      value: { ...minimal, extra: {} },
    },
    "keys of the user's own": {
      text: { ...minimal, dbname: "d", masterarn: "arn", note: { a: 1 } },
      value: { ...minimal, dbname: "d", masterarn: "arn", extra: { note: { a: 1 } } },
    },
  };
  for (const [what, { text, value }] of Object.entries(accepted)) {
    it(`may have ${what}`, () => {
      assert.deepEqual(parseDatabaseCredential(JSON.stringify(text)), { ok: true, value });
    });
  }

  const refused: Record<string, { text: string; problems: string[] }> = {
    "text that is no JSON": { text: "p4ssword", problems: ["the secret value is not JSON"] },
    "a list": { text: "[]", problems: ["the secret value is not a JSON object"] },
    null: { text: "null", problems: ["the secret value is not a JSON object"] },
    "nothing that is needed": {
      text: "{}",
      problems: ["engine", "host", "username", "password"].map(
        (name) => `"${name}" must be a non-empty string`,
      ),
    },
    "wrong types, all at once": {
      text: JSON.stringify({ ...minimal, password: 7, dbname: 1, masterarn: [], port: "54x" }),
      problems: [
        `"password" must be a non-empty string`,
        `"dbname" must be a string`,
        `"masterarn" must be a string`,
        `"port" must be a number from 1 to 65535`,
      ],
    },
    "a port out of range": {
      text: JSON.stringify({ ...minimal, port: 65536 }),
      problems: [`"port" must be a number from 1 to 65535`],
    },
  };
  for (const [what, { text, problems }] of Object.entries(refused)) {
    it(`is refused with ${what}`, () => {
      assert.deepEqual(parseDatabaseCredential(text), { ok: false, problems });
    });
  }

  it("is written with the user's own keys last, and read back the same", () => {
    const text = JSON.stringify({ ...minimal, port: 5432, note: "kept" });
    const parsed = parseDatabaseCredential(text);
    assert.ok(parsed.ok);
    assert.equal(renderDatabaseCredential(parsed.value), text);
  });

  it("of an administrator needs no host, as RDS writes it", () => {
    const value = { username: "admin", password: "p" };
    assert.deepEqual(parseAdminCredential(JSON.stringify(value)), { ok: true, value });
    assert.deepEqual(parseAdminCredential(`{"host":1}`), {
      ok: false,
      problems: [
        `"username" must be a non-empty string`,
        `"password" must be a non-empty string`,
        `"host" must be a string`,
      ],
    });
  });
});
