import { strict as assert } from "assert";
import * as fc from "fast-check";
import {
  quoteIdentifier,
  quoteLiteral,
  quoteSettingName,
  splitIdentifierList,
} from "../../../../rotation-lambdas/drivers/postgres/quoting";
import { testPostgres } from "../../../support/postgres";

const text = fc
  .string({ unit: fc.constantFrom(..."\"'\\$;- aZ,é注🔑\n"), maxLength: 12 })
  .filter((value) => value.length > 0);

describe("quoting for PostgreSQL", function () {
  this.timeout(60000);

  it("gives the server back any text, as literal and as name", async () => {
    const { sql } = await testPostgres();
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const [row] = await sql(`SELECT ${quoteLiteral(value)} AS ${quoteIdentifier(value)}`);
        assert.deepEqual(row, { [value]: value });
      }),
      { numRuns: 60 },
    );
  });

  it("quotes each part of a parameter's name", () => {
    assert.equal(quoteSettingName(`my_app.ten"ant`), `"my_app"."ten""ant"`);
  });

  it("splits a list of identifiers into its elements", () => {
    const lists = [`"Odd, name", "$user", public`, `"a""b"`, "one", `""`, ""];
    assert.deepEqual(lists.map(splitIdentifierList), [
      ["Odd, name", "$user", "public"],
      [`a"b`],
      ["one"],
      [""],
      [],
    ]);
  });
});
