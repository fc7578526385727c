import { strict as assert } from "assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../../components/model";
import { findFiles } from "../../stacks/deployment-files";
import { localEnvironment } from "../support/local-environment";

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
