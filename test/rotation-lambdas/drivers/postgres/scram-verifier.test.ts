import { strict as assert } from "assert";
import { saslPrep, scramVerifier } from "../../../../rotation-lambdas/drivers/postgres/scram-verifier";
import { query, testPostgres } from "../../../support/postgres";

describe("the SCRAM verifier", function () {
  this.timeout(60000);

  it("is the one of RFC 7677's example", () => {
    // RFC 7677 section 3: password "pencil", this salt, 4096 iterations; keys computed from its messages.
    const salt = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
    assert.equal(
      scramVerifier("pencil", salt),
      "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:" +
        "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
    );
  });

  it("has another salt each time", () => {
    assert.notEqual(scramVerifier("pencil"), scramVerifier("pencil"));
  });

  const passwords: Record<string, string> = {
    ASCII: "~!#$%^&*()_+{}|<>?",
    "quotes and backslashes": `'"\\'`,
    "composed letters": "größe",
    "decomposed letters": "gro\u0308ße",
    "a non-breaking space and a soft hyphen": "a\u00a0b\u00adc",
    "a ligature and full width": "ﬁｘ",
    "an emoji": "🔑key",
  };
  for (const [what, password] of Object.entries(passwords)) {
    it(`lets a login in whose password has ${what}`, async () => {
      const { sql, host, port } = await testPostgres();
      await sql(`DROP ROLE IF EXISTS scram; CREATE ROLE scram LOGIN PASSWORD '${scramVerifier(password)}'`);
      const login = { host, port, user: "scram", password };
      assert.deepEqual(await query(login, "SELECT 1 AS one"), [{ one: 1 }]);
      await assert.rejects(query({ ...login, password: `${password}x` }, "SELECT 1"), { code: "28P01" });
    });
  }

  it("prepares as RFC 4013 does, and leaves alone what it prohibits", () => {
    const prepared = ["I\u00adX", "user", "\u00aa", "\u2168", "a\u0007é"].map(saslPrep);
    assert.deepEqual(prepared, ["IX", "user", "a", "IX", "a\u0007é"]);
  });
});
