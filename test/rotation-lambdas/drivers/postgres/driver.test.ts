import { strict as assert } from "assert";
import { connectByPg, PostgresClient, postgresDriver } from "../../../../rotation-lambdas/drivers/postgres";
import { TimeBudget } from "../../../../rotation-lambdas/time-budget";
import { testPostgres, TestPostgres } from "../../../support/postgres";

const budget = (ms = 5000) => new TimeBudget(Date.now() + ms);
const driver = postgresDriver(connectByPg({ mode: "disable" }));

describe("the PostgreSQL driver", function () {
  this.timeout(60000);
  let postgres: TestPostgres;
  before(async () => void (postgres = await testPostgres()));

  const login = (username: string, password: string) => ({
    ...{ host: postgres.host, port: postgres.port, username, password },
  });
  const superuser = () => login(postgres.superuser.username, postgres.superuser.password);

  it("says that a role is held by another session, and changes nothing", async () => {
    await postgres.sql("CREATE ROLE held LOGIN PASSWORD 'first-password-1'");
    const holder = await connectByPg({ mode: "disable" })(superuser(), 5000);
    await holder.query("BEGIN");
    await holder.query("ALTER ROLE held CONNECTION LIMIT 5");
    const session = await driver.connect(login("held", "first-password-1"), budget(2000));
    await assert.rejects(session.changeOwnPassword("second-password"), { code: "locked" });
    await session.close();
    await holder.query("ROLLBACK");
    await holder.end();
    await (await driver.connect(login("held", "first-password-1"), budget())).close();
  });

  it("changes the password of a user whose sessions start as another role", async () => {
    await postgres.sql(
      "CREATE ROLE owners; CREATE ROLE started LOGIN PASSWORD 'first-password-1' IN ROLE owners",
    );
    await postgres.sql("ALTER ROLE started SET role = owners");
    const session = await driver.connect(login("started", "first-password-1"), budget());
    await session.changeOwnPassword("second-password");
    await session.close();
    await (await driver.connect(login("started", "second-password"), budget())).close();
  });

  it("creates a user, sets its password, and refuses administrators", async () => {
    const session = await driver.connect(superuser(), budget());
    await session.users!.ensure("ensured", "first-password");
    await session.users!.ensure("ensured", "second-password");
    await postgres.sql("CREATE ROLE other_admin LOGIN SUPERUSER");
    for (const name of ["postgres", "other_admin"]) {
      await assert.rejects(session.users!.ensure(name, "third-password"), { code: "policy-refused" });
    }
    await session.close();
    await (await driver.connect(login("ensured", "second-password"), budget())).close();
  });

  it("refuses servers before version 13", async () => {
    let isClosed = false;
    const old: PostgresClient = {
      query: async () => ({ rows: [{ server_version_num: "120022" }] }),
      end: async () => void (isClosed = true),
    };
    const session = postgresDriver(async () => old).connect(superuser(), budget());
    await assert.rejects(session, {
      code: "unsupported",
      message: "postgres: version 13 or later is needed",
    });
    assert.ok(isClosed);
  });

  it("starts no statement when the time is over", async () => {
    const session = await driver.connect(superuser(), budget(400));
    await new Promise((resolve) => setTimeout(resolve, 450));
    await assert.rejects(session.users!.ensure("too_late", "password"), { code: "timeout" });
    await session.close();
    assert.deepEqual(await postgres.sql("SELECT 1 FROM pg_roles WHERE rolname = 'too_late'"), []);
  });
});
