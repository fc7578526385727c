import { strict as assert } from "assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../../components/model";
import { findFiles } from "../../stacks/deployment-files";
import { requireEnvironment } from "../../stacks/parse-environment";
import { committedConfiguration, localEnvironment } from "../support/local-environment";

const AUTHORITY = ".strongroom/run/database-authority.pem";
const CODE = "rotation-lambdas/dist/postgres/index.js";
const PEM = "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n";

describe("files of a deployment", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "project-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  function write(name: string, text: string): void {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }

  it("are found in the project", () => {
    write(CODE, "");
    write(AUTHORITY, PEM);
    assert.deepEqual(findFiles(localEnvironment(), root), {
      rotationCode: { postgres: join(root, dirname(CODE)) },
      authorities: { [AUTHORITY]: PEM },
    });
  });

  it("are found for the kinds of rotation that are no logins of a database", () => {
    const folders = ["postgres", "elasticache"].map((engine) => `rotation-lambdas/dist/${engine}`);
    for (const folder of folders) write(`${folder}/index.js`, "");
    write(AUTHORITY, PEM);
    write("cache.pem", PEM);
    const configuration = structuredClone(committedConfiguration("local"));
    const endpoint = { host: "cache.example" };
    const cache = { kind: "elasticache", user: "cart", userName: "cart", endpoint, firstValue: "rotation" };
    configuration.secrets[3].rotation = { ...cache, rotateEvery: 30, tls: { authorityFile: "cache.pem" } };
    const environment = requireEnvironment("local", configuration);
    assert.deepEqual(findFiles(environment, root), {
      rotationCode: { postgres: join(root, folders[0]!), elasticache: join(root, folders[1]!) },
      authorities: { [AUTHORITY]: PEM, "cache.pem": PEM },
    });
    rmSync(join(root, "cache.pem"));
    assert.throws(() => findFiles(environment, root), /secrets\[3\]\.rotation\.tls\.authorityFile: .*ENOENT/);
  });

  const cases: readonly (readonly [name: string, authority: string | undefined, got: string])[] = [
    ["are missing", undefined, `ENOENT at ${AUTHORITY}`],
    ["are something else", "a key", `another file (${AUTHORITY})`],
  ];
  for (const [name, authority, got] of cases)
    it(`that ${name} are all named, with what to do`, () => {
      if (authority !== undefined) write(AUTHORITY, authority);
      assert.throws(
        () => findFiles(localEnvironment(), root),
        (error: unknown) => {
          assert.ok(error instanceof ConfigurationError);
          assert.deepEqual(error.problems, [
            {
              path: CODE,
              expected: "the code of the rotation function: run `npm run build`",
              got: "no such file",
            },
            {
              path: "databases.orders.tls.authorityFile",
              expected: "a PEM file with the certificate of the authority",
              got,
            },
          ]);
          return true;
        },
      );
    });
});
