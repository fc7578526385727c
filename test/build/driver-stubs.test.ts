import { strict as assert } from "assert";
import { build } from "esbuild";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { driverStubs } from "../../build/driver-stubs";
import { startMysqlFake } from "../../rotation-proof/servers/mysql-fake";
import { testMariadb } from "../support/mariadb";

const root = join(__dirname, "../..");

/** Largest bundle of each engine, minified. Kilobytes. */
const largest: Record<string, number> = {
  mariadb: 460,
  mysql: 460,
  sqlserver: 800,
  oracle: 520,
  redshift: 150,
};

describe("the stubs of drivers", function () {
  this.timeout(60000);
  const folder = mkdtempSync(join(tmpdir(), "strongroom-stubs-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function bundle(entry: string, name: string): Promise<number> {
    const outfile = join(folder, `${name}.js`);
    const { metafile } = await build({
      ...{ absWorkingDir: root, entryPoints: [entry], outfile, bundle: true, platform: "node", minify: true },
      ...{
        external: ["pg-native"],
        plugins: [driverStubs],
        metafile: true,
        logLevel: "error",
        target: "node20",
      },
    });
    return Math.round(Object.values(metafile.outputs)[0]!.bytes / 1000);
  }

  for (const [engine, most] of Object.entries(largest)) {
    it(`keep the bundle of ${engine} below ${most} kB, and it starts`, async () => {
      const size = await bundle(`rotation-lambdas/handlers/${engine}.ts`, engine);
      assert.ok(size <= most, `${size} kB`);
      process.env["STRONGROOM_ROTATION"] = JSON.stringify({ strategy: "single-user" });
      try {
        assert.equal(typeof require(join(folder, `${engine}.js`)).handler, "function");
      } finally {
        delete process.env["STRONGROOM_ROTATION"];
      }
    });
  }

  it("leave mysql2 able to log in and to read names, on MariaDB and on a server that speaks MySQL's protocol", async function () {
    const mariadb = await testMariadb();
    if (mariadb instanceof Error) return this.skip();
    const entry = join(folder, "client.ts");
    writeFileSync(entry, `export { connectByMysql2 } from "${root}/rotation-lambdas/drivers/mysql";`);
    await bundle(entry, "client");
    const { connectByMysql2 } = require(join(folder, "client.js"));
    const fake = await startMysqlFake();
    try {
      for (const { host, port, caPem, admin } of [mariadb, fake]) {
        const client = await connectByMysql2({ caPem })({ host, port, ...admin }, 5000);
        const { rows } = await client.query("SELECT CURRENT_USER() AS account, VERSION() AS version");
        assert.equal(rows[0].account, "admin@%");
        await client.end();
      }
      await mariadb.sql("CREATE USER IF NOT EXISTS 'größe-注文' IDENTIFIED BY 'first-password-1'");
      const client = await connectByMysql2({ caPem: mariadb.caPem })(
        { host: mariadb.host, port: mariadb.port, username: "größe-注文", password: "first-password-1" },
        5000,
      );
      assert.equal((await client.query("SELECT CURRENT_USER() AS account")).rows[0].account, "größe-注文@%");
      await client.end();
    } finally {
      await fake.stop();
    }
  });
});
