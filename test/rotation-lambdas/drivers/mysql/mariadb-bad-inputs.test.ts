import { strict as assert } from "assert";
import { readFileSync, writeFileSync } from "fs";
import { makeCertificates } from "../../../../local/postgres/certificates";
import { RotationSettings } from "../../../../components/model/rotation-settings";
import { CertificateFiles, Certificates } from "../../../../rotation-proof/servers/certificates";
import { MariadbServer, startMariadb } from "../../../../rotation-proof/servers/mariadb";
import { mariadbForRig, testMariadb } from "../../../support/mariadb";
import { RigServer, ServerRig } from "../../../support/server-rig";

const first = "first-password-1";

describe("what MariaDB refuses", function () {
  this.timeout(60000);
  let made: Certificates;
  let server: MariadbServer;
  let rigServer: RigServer;
  let counter = 0;
  before(async function () {
    const shared = await testMariadb();
    if (shared instanceof Error) return this.skip();
    server = await startMariadb({
      certificate: (certificates) => (made = certificates).server,
      args: ["--plugin-maturity=unknown", "--plugin-load-add=auth_ed25519"],
    });
    rigServer = mariadbForRig(server);
  });
  after(async () => void (await server?.stop()));

  async function prepare(settings: RotationSettings) {
    const username = `bad_${++counter}`;
    await server.sql(`CREATE USER ${username} IDENTIFIED BY '${first}'`);
    const rig = new ServerRig(rigServer, settings);
    const { masterarn } = rig;
    const isAlone = settings.strategy === "single-user";
    const arn = rig.addSecret({ username, password: first }, isAlone ? {} : { masterarn });
    return { rig, arn, username };
  }

  const users = () => server.sql("SELECT Host, User, Priv FROM mysql.global_priv ORDER BY 1, 2");

  /** The rotation fails by `code`, says so without a password, and leaves every user as it was. */
  async function assertRefused(rig: ServerRig, arn: string, code: string, message: RegExp) {
    const before = await users();
    assert.equal(await rig.failure(arn), code);
    assert.match(JSON.parse(rig.lines.at(-1)!).message, message);
    assert.deepEqual(await users(), before);
    const written = rig.lines.join("\n") + (await server.log());
    const leaked = [...rig.passwords, first].filter((one) => rig.lines.join("\n").includes(one));
    assert.deepEqual([leaked, rig.passwords.filter((one) => written.includes(one))], [[], []]);
  }

  const strategies = ["single-user", "superuser-managed", "dual-password", "alternating-users"] as const;
  for (const strategy of strategies) {
    it(`a locked account: ${strategy}`, async () => {
      const { rig, arn, username } = await prepare({ strategy });
      await server.sql(`ALTER USER ${username} ACCOUNT LOCK`);
      await assertRefused(rig, arn, "locked", /the account is locked/);
    });

    it(`a server that is read-only: ${strategy}`, async () => {
      const { rig, arn } = await prepare({ strategy });
      const plain = { username: "plain_admin", password: "plain-password-1" };
      await server.sql(`CREATE OR REPLACE USER plain_admin IDENTIFIED BY '${plain.password}'`);
      await server.sql("GRANT ALL ON *.* TO plain_admin WITH GRANT OPTION");
      await server.sql("REVOKE SUPER, READ_ONLY ADMIN ON *.* FROM plain_admin");
      rig.secrets.edit(rig.masterarn, "AWSCURRENT", plain);
      await server.sql("SET GLOBAL read_only = 1");
      try {
        await assertRefused(rig, arn, "unsupported", /read-only: use the writer's host/);
      } finally {
        await server.sql("SET GLOBAL read_only = 0");
      }
      assert.deepEqual(await rig.failure(arn), "done");
    });

    it(`passwords that a plugin must see: ${strategy}`, async () => {
      const { rig, arn } = await prepare({ strategy });
      await server.sql("INSTALL SONAME 'simple_password_check'");
      try {
        await assertRefused(rig, arn, "policy-refused", /strict_password_validation/);
      } finally {
        await server.sql("UNINSTALL SONAME 'simple_password_check'");
      }
      assert.deepEqual(await rig.failure(arn), "done");
    });
  }

  it("no free connection", async () => {
    const { rig, arn, username } = await prepare({ strategy: "single-user" });
    await server.sql(`ALTER USER ${username} WITH MAX_CONNECTIONS_PER_HOUR 1`);
    await server.logIn(username, first);
    await assertRefused(rig, arn, "unreachable", /resource limits/);
  });

  it("an account that failed logins have locked", async () => {
    const { rig, arn, username } = await prepare({ strategy: "single-user" });
    await server.sql("SET GLOBAL max_password_errors = 2");
    try {
      for (let time = 0; time < 2; time++) assert.equal(await server.logIn(username, "wrong"), false);
      await assertRefused(rig, arn, "locked", /locked after failed logins/);
    } finally {
      await server.sql("SET GLOBAL max_password_errors = 4294967295");
      await server.sql("FLUSH PRIVILEGES");
    }
    assert.deepEqual(await rig.failure(arn), "done");
  });

  it("an expired password", async () => {
    const { rig, arn, username } = await prepare({ strategy: "superuser-managed" });
    await server.sql(`ALTER USER ${username} PASSWORD EXPIRE`);
    await assertRefused(rig, arn, "locked", /the password has expired/);
  });

  it("a user of another plugin", async () => {
    const { rig, arn, username } = await prepare({ strategy: "superuser-managed" });
    await server.sql(`ALTER USER ${username} IDENTIFIED VIA ed25519 USING PASSWORD('${first}')`);
    await assertRefused(rig, arn, "unsupported", /authentication plugin/);
  });

  it("a database that does not exist", async () => {
    const { rig, arn, username } = await prepare({ strategy: "single-user" });
    await server.sql(`GRANT PROCESS, SHOW DATABASES, SELECT ON *.* TO ${username}`);
    rig.secrets.edit(arn, "AWSCURRENT", { dbname: "nowhere" });
    await assertRefused(rig, arn, "invalid-secret", /the database does not exist/);
  });

  describe("over TLS", () => {
    /** What the server shows from now on. */
    async function show({ certificate, key }: CertificateFiles) {
      writeFileSync(made.server.certificate, readFileSync(certificate));
      writeFileSync(made.server.key, readFileSync(key));
      await server.sql("FLUSH SSL");
    }
    let good: CertificateFiles;
    before(() => {
      good = { certificate: `${made.server.certificate}.good`, key: `${made.server.key}.good` };
      writeFileSync(good.certificate, readFileSync(made.server.certificate));
      writeFileSync(good.key, readFileSync(made.server.key));
    });
    afterEach(async () => void (await show(good)));

    it("a certificate of another host", async () => {
      const { rig, arn } = await prepare({ strategy: "single-user" });
      await show(made.otherHost);
      await assertRefused(rig, arn, "tls", /TLS failed/);
      const trusting = { strategy: "single-user", tls: { mode: "verify-ca", caPem: made.caPem } } as const;
      assert.equal(await (await again(rig, trusting)).failure(arn), "done");
    });

    /** The same secrets with other settings. */
    async function again(rig: ServerRig, settings: RotationSettings) {
      return Object.assign(new ServerRig(rigServer, settings), { secrets: rig.secrets });
    }

    it("a certificate that nobody signed", async () => {
      const { rig, arn } = await prepare({ strategy: "single-user" });
      await show(made.selfSigned);
      await assertRefused(rig, arn, "tls", /TLS failed/);
    });

    it("an expired certificate", async () => {
      const old = makeCertificates(new Date("2010-01-01"));
      const files = { certificate: `${made.server.certificate}.old`, key: `${made.server.key}.old` };
      writeFileSync(files.certificate, old.certificate);
      writeFileSync(files.key, old.key);
      const tls = { caPem: old.authority };
      const { rig, arn } = await prepare({ strategy: "single-user", tls });
      await show(files);
      await assertRefused(rig, arn, "tls", /TLS failed/);
    });

    it("an address instead of a name, which cannot be compared", async () => {
      const { rig, arn } = await prepare({ strategy: "single-user" });
      rig.secrets.edit(arn, "AWSCURRENT", { host: "127.0.0.1" });
      await assertRefused(rig, arn, "tls", /"host" is an address/);
    });
  });

  it("a server without TLS, in every mode that asks for it", async () => {
    const plain = await startMariadb({ certificate: "none" });
    try {
      for (const mode of ["verify-full", "verify-ca", "require"] as const) {
        const rig = new ServerRig(mariadbForRig(plain), { strategy: "single-user", tls: { mode } });
        const arn = rig.addSecret(plain.admin);
        assert.equal(await rig.failure(arn), "tls", mode);
      }
      const log = await plain.log();
      assert.equal(log.includes("SET PASSWORD"), false);
    } finally {
      await plain.stop();
    }
  });
});
