import { strict as assert } from "assert";
import { execFileSync } from "child_process";
import { randomBytes } from "crypto";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { createServer } from "net";
import { tmpdir } from "os";
import { join } from "path";
import { utils } from "ssh2";
import {
  connectBySsh2,
  parseSshKeyPair,
  sshKeyPair,
} from "../../../../rotation-lambdas/strategies/ssh-key-pair";
import { ed25519PrivateKey } from "../../../../rotation-lambdas/strategies/ssh-key-pair/ed25519";
import { AuthorizedKeys, markOf } from "../../../../rotation-lambdas/strategies/ssh-key-pair/authorized-keys";
import { newKeyPair, SshdServer, startSshd } from "../../../../rotation-proof/servers/sshd";
import { Unavailable } from "../../../../rotation-proof/subject";
import { failureOfRotation, preflightOf } from "../../../support/bad-input";
import { FakeSecrets } from "../../../support/fake-secrets";

const otherHostKey = `SHA256:${"A".repeat(43)}`;

describe("SSH key pairs", function () {
  this.timeout(20000);
  let server: SshdServer;
  let counter = 0;
  before(async function () {
    try {
      server = await startSshd();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      console.log(`      skipped: ${error.message}`);
      this.skip();
    }
  });
  after(() => server?.stop());

  function start(change: { value?: object; ssh?: object; options?: string; isUnknown?: boolean } = {}) {
    const { host, port, username, hostKey, authorizedKeysFile } = server;
    const known = server.addKey(`key_${++counter}`, change.options);
    const stranger = newKeyPair();
    const pair = change.isUnknown ? { privateKey: stranger.private } : known;
    const secrets = new FakeSecrets();
    const secretArn = secrets.add("ssh", { host, port, username, ...pair, note: "kept", ...change.value });
    const ssh = { hostKeys: [hostKey], authorizedKeysFile, ...change.ssh };
    const settings = { strategy: "dual-password", ssh } as const;
    const hidden = pair.privateKey.split("\n").slice(2, -2);
    return { settings, strategy: sshKeyPair(connectBySsh2), secrets, secretArn, hidden, known };
  }

  it("keep the secret's other fields and the file's other lines", async () => {
    const rotation = start();
    const others = server
      .authorizedKeys()
      .split("\n")
      .filter((line) => !line.includes(rotation.known.publicKey));
    assert.equal(await failureOfRotation(rotation), "promoted");
    const { note, publicKey } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    assert.equal(note, "kept");
    const lines = server.authorizedKeys().split("\n");
    assert.deepEqual(
      lines.filter((line) => line !== "" && !line.includes(publicKey)),
      others.filter((line) => line !== ""),
    );
  });

  it("keep the restrictions of the key that is replaced", async () => {
    const options = `from="127.0.0.1,10.0.0.0/8",no-port-forwarding,environment="A=\\"b c\\""`;
    const rotation = start({ options });
    assert.equal(await failureOfRotation(rotation), "promoted");
    const { publicKey } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    const line = server
      .authorizedKeys()
      .split("\n")
      .find((text) => text.includes(publicKey));
    assert.equal(line, `${options} ${publicKey} ${markOf(rotation.secretArn)}`);
  });

  it("of a rotation that was given up are removed by the next one", async () => {
    const rotation = start();
    const lost = newKeyPair({ comment: markOf(rotation.secretArn) });
    writeFileSync(server.authorizedKeysFile, `${server.authorizedKeys()}${lost.public}\n`);
    assert.equal(await failureOfRotation(rotation), "promoted");
    assert.ok(!server.authorizedKeys().includes(lost.public));
  });

  const refusals: Record<string, readonly [Parameters<typeof start>[0], string]> = {
    "another host key": [{ ssh: { hostKeys: [otherHostKey] } }, "setSecret: tls"],
    "a key that the host does not know": [{ isUnknown: true }, "setSecret: authentication"],
    "an unknown user": [{ value: { username: "no such user'; --" } }, "setSecret: authentication"],
    "a closed port": [{ value: { port: 1 } }, "setSecret: unreachable"],
    "no host": [{ value: { host: undefined } }, "createSecret: invalid-secret"],
    "no private key": [{ value: { privateKey: "none" } }, "createSecret: invalid-secret"],
    "another public key": [{ value: { publicKey: "ssh-ed25519 AAAA" } }, "createSecret: invalid-secret"],
    "a file without the login's key": [{ ssh: { authorizedKeysFile: "/dev/null" } }, "setSecret: conflict"],
    "a file that is not there": [{ ssh: { authorizedKeysFile: "/nonexistent/keys" } }, "setSecret: conflict"],
  };
  for (const [what, [change, expected]] of Object.entries(refusals)) {
    it(`answer ${expected} and change nothing: ${what}`, async () => {
      const rotation = start(change);
      const before = server.authorizedKeys();
      assert.equal(await failureOfRotation(rotation), expected);
      assert.equal(server.authorizedKeys(), before);
    });
  }

  it("are checked beforehand without a change", async () => {
    const before = server.authorizedKeys().length;
    const [good, elsewhere] = [start(), start({ ssh: { authorizedKeysFile: "/dev/null" } })];
    const after = server.authorizedKeys();
    assert.deepEqual([await preflightOf(good), await preflightOf(elsewhere)], ["passed", "conflict"]);
    assert.equal(server.authorizedKeys(), after);
    assert.ok(after.length > before);
  });

  it("answer timeout for a host that never speaks", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { port: number };
    assert.equal(
      await failureOfRotation({ ...start({ value: { port } }), remainingMs: 1000 }),
      "setSecret: timeout",
    );
    silent.close();
  });

  it("answer conflict when somebody points the pending value at another host", async () => {
    const rotation = start();
    const edit = () => rotation.secrets.edit(rotation.secretArn, "AWSPENDING", { host: "evil.example" });
    assert.equal(
      await failureOfRotation({ ...rotation, before: { setSecret: edit } }),
      "setSecret: conflict",
    );
  });
});

describe("a secret's key pair", () => {
  const problemsOf = (value: unknown) => {
    const parsed = parseSshKeyPair(typeof value === "string" ? value : JSON.stringify(value));
    return parsed.ok ? [] : parsed.problems;
  };
  const encrypted = newKeyPair({ passphrase: "a passphrase" });

  it("tells every problem at once, without its values", () => {
    assert.deepEqual(problemsOf("AAAA"), ["the secret value is not JSON"]);
    assert.deepEqual(problemsOf([]), ["the secret value is not a JSON object"]);
    assert.deepEqual(problemsOf({ port: "x", privateKey: encrypted.private }), [
      '"host" must be a non-empty string',
      '"username" must be a non-empty string',
      '"port" must be a number from 1 to 65535',
      '"privateKey" must be a private key without a passphrase',
    ]);
  });

  it("derives the public key and takes a port of digits", () => {
    const { private: privateKey, public: publicKey } = newKeyPair({ comment: "me@here" });
    const parsed = parseSshKeyPair(
      JSON.stringify({ host: "h", port: "2222", username: "u", privateKey, publicKey }),
    );
    assert.ok(parsed.ok);
    const { publicKey: derived, port } = parsed.value;
    assert.deepEqual({ derived, port }, { derived: publicKey.split(" ").slice(0, 2).join(" "), port: 2222 });
  });
});

describe("a generated key", () => {
  const leadingZeros = [0, 1, 2].map((zeros) =>
    Buffer.concat([Buffer.alloc(zeros), Buffer.alloc(32 - zeros, 7)]),
  );
  const random = Array.from({ length: 600 }, () => randomBytes(32));

  it("can be read, whatever its bytes", () => {
    for (const seed of [...leadingZeros, ...random]) {
      const parsed = utils.parseKey(ed25519PrivateKey(seed));
      assert.ok(!(parsed instanceof Error), `seed ${seed.toString("hex")}: ${String(parsed)}`);
      const signature = parsed.sign(Buffer.from("text"));
      assert.ok(!(signature instanceof Error) && parsed.verify(Buffer.from("text"), signature));
    }
  });

  it("is what OpenSSH's own program reads", () => {
    const folder = mkdtempSync(join(tmpdir(), "strongroom-key-"));
    try {
      for (const [index, seed] of leadingZeros.entries()) {
        const file = join(folder, String(index));
        const privateKey = ed25519PrivateKey(seed);
        writeFileSync(file, privateKey, { mode: 0o600 });
        const read = execFileSync("ssh-keygen", ["-y", "-P", "", "-f", file], { encoding: "utf8" }).trim();
        const parsed = parseSshKeyPair(JSON.stringify({ host: "h", username: "u", privateKey }));
        assert.equal(parsed.ok && parsed.value.publicKey, read);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a file of public keys", () => {
  const text = [
    "# a comment",
    "ssh-rsa AAAAB3 one two",
    "",
    `command="echo \\"hi there\\"",no-pty ssh-ed25519 AAAAC3 x`,
  ].join("\n");

  it("stays as it is but for the lines that change", () => {
    const keys = AuthorizedKeys.parse(`${text}\n`);
    assert.equal(keys.render(), `${text}\n`);
    assert.equal(
      keys.without(["ssh-rsa AAAAB3"], "m", []).render(),
      `${text.replace("ssh-rsa AAAAB3 one two\n", "")}\n`,
    );
    assert.equal(keys.withKey("ssh-ed25519 NEW", "", "m").render(), `${text}\nssh-ed25519 NEW m\n`);
  });

  it("knows the restrictions of each key", () => {
    const keys = AuthorizedKeys.parse(text);
    const known = ["ssh-rsa AAAAB3", "ssh-ed25519 AAAAC3", "ssh-ed25519 OTHER"].map((key) =>
      keys.optionsOf(key),
    );
    assert.deepEqual(known, ["", `command="echo \\"hi there\\"",no-pty`, undefined]);
  });
});
