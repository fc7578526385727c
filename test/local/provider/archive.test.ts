import { strict as assert } from "assert";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { unzipSync, zipSync } from "fflate";
import { zipArchive } from "../../../local/provider/values";
import { archiveOf, fileAsset, textAsset } from "./wire-values";

describe("zipArchive", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "archive-"));
    mkdirSync(join(folder, "code/lib"), { recursive: true });
    writeFileSync(join(folder, "code/index.js"), "index");
    writeFileSync(join(folder, "code/lib/a.js"), "a");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const texts = (zip: Uint8Array): Record<string, string> =>
    Object.fromEntries(
      Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
    );

  it("packs a folder with its root as the zip's", () => {
    assert.deepEqual(texts(zipArchive(archiveOf({ path: join(folder, "code") }))), {
      "index.js": "index",
      "lib/a.js": "a",
    });
  });

  it("packs texts, files and folders under their names", () => {
    const zip = zipArchive(
      archiveOf({
        assets: {
          "index.js": textAsset("text"),
          "b.js": fileAsset(join(folder, "code/lib/a.js")),
          "deep/folder": archiveOf({ path: join(folder, "code") }),
        },
      }),
    );
    assert.deepEqual(texts(zip), {
      "index.js": "text",
      "b.js": "a",
      "deep/folder/index.js": "index",
      "deep/folder/lib/a.js": "a",
    });
  });

  it("is the same zip whenever the files were written", () => {
    const first = zipArchive(archiveOf({ path: join(folder, "code") }));
    utimesSync(join(folder, "code/index.js"), 1, 1);
    assert.deepEqual(zipArchive(archiveOf({ path: join(folder, "code") })), first);
  });

  it("hands a zip file on as it is", () => {
    const bytes = zipSync({ "a.js": Buffer.from("a") });
    writeFileSync(join(folder, "a.zip"), bytes);
    assert.deepEqual(Buffer.from(zipArchive(archiveOf({ path: join(folder, "a.zip") }))), Buffer.from(bytes));
  });

  const refused: { name: string; archive: unknown; error: RegExp }[] = [
    { name: "a text", archive: "index.js", error: /must be an archive/ },
    {
      name: "a remote archive",
      archive: archiveOf({ uri: "https://example.com/a.zip" } as never),
      error: /does not fetch remote content/,
    },
    {
      name: "a folder that does not exist",
      archive: archiveOf({ path: "/does/not/exist" }),
      error: /ENOENT/,
    },
  ];
  for (const { name, archive, error } of refused) {
    it(`refuses ${name}`, () => assert.throws(() => zipArchive(archive), error));
  }
});
