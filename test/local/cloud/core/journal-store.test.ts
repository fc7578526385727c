import { strict as assert } from "assert";
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { ApiError } from "../../../../local/cloud/core/api-error";
import { JournalStore, memoryStore, StateError } from "../../../../local/cloud/core/journal-store";
import { Store } from "../../../../local/cloud/core/store";

interface Note {
  readonly text: string;
}

function contents(store: Store, name = "notes"): [string, string][] {
  return [...store.table<Note>(name).entries()].map(([key, { text }]) => [key, text]);
}

describe("the store of the local cloud", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-store-"));
  });

  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it("undoes every change of a failed transaction, order included", () => {
    const store = memoryStore();
    const notes = store.table<Note>("notes");
    for (const key of ["a", "b", "c"]) notes.put(key, { text: key });
    assert.throws(
      () =>
        store.transaction(() => {
          notes.delete("a");
          notes.put("b", { text: "changed" });
          notes.put("d", { text: "new" });
          assert.deepEqual(
            [contents(store), notes.size, notes.has("a")],
            [
              [
                ["b", "changed"],
                ["c", "c"],
                ["d", "new"],
              ],
              3,
              false,
            ],
          );
          throw new Error("no");
        }),
      /^Error: no$/,
    );
    assert.deepEqual(
      [contents(store), notes.size],
      [
        [
          ["a", "a"],
          ["b", "b"],
          ["c", "c"],
        ],
        3,
      ],
    );
  });

  it("undoes an inner transaction alone when the outer one catches its error", () => {
    const store = memoryStore();
    const notes = store.table<Note>("notes");
    store.transaction(() => {
      notes.put("outer", { text: "kept" });
      try {
        store.transaction(() => {
          notes.put("inner", { text: "lost" });
          throw new Error("inner");
        });
      } catch {
        notes.put("caught", { text: "kept" });
      }
    });
    assert.deepEqual(contents(store), [
      ["outer", "kept"],
      ["caught", "kept"],
    ]);
  });

  it("finds everything again after a restart, from journal and from snapshot", () => {
    const first = new JournalStore(folder);
    first.table<Note>("notes").put("a", { text: "1" });
    first.table<Note>("notes").put("b", { text: "2" });
    first.compact();
    first.table<Note>("notes").delete("a");
    first.table<Note>("notes").put("c", { text: "ü" });
    first.close();
    assert.deepEqual(fs.readdirSync(folder).sort(), ["journal-1.jsonl", "snapshot.jsonl"]);
    assert.deepEqual(contents(new JournalStore(folder)), [
      ["b", "2"],
      ["c", "ü"],
    ]);
  });

  it("drops a torn last line and goes on writing behind the whole ones", () => {
    const first = new JournalStore(folder);
    first.table<Note>("notes").put("a", { text: "1" });
    first.table<Note>("notes").put("b", { text: "2" });
    first.close();
    const journal = path.join(folder, "journal-0.jsonl");
    fs.truncateSync(journal, fs.statSync(journal).size - 5);
    const second = new JournalStore(folder);
    assert.deepEqual(contents(second), [["a", "1"]]);
    second.table<Note>("notes").put("c", { text: "3" });
    second.close();
    assert.deepEqual(contents(new JournalStore(folder)), [
      ["a", "1"],
      ["c", "3"],
    ]);
  });

  it("compacts by itself and leaves one snapshot and one journal", () => {
    const store = new JournalStore(folder, { compactAtBytes: 1000 });
    for (let count = 0; count < 100; count++) store.table<Note>("notes").put("a", { text: String(count) });
    store.close();
    assert.equal(fs.readdirSync(folder).length, 2);
    assert.deepEqual(contents(new JournalStore(folder)), [["a", "99"]]);
  });

  it("rolls back when the journal cannot be written", () => {
    const store = new JournalStore(folder);
    store.table<Note>("notes").put("a", { text: "1" });
    store.close();
    assert.throws(
      () => store.table<Note>("notes").put("b", { text: "2" }),
      (error: ApiError) => {
        assert.deepEqual([error.code, error.status], ["InternalFailure", 500]);
        return /^The state cannot be written, nothing was changed: /.test(error.message);
      },
    );
    assert.deepEqual(contents(store), [["a", "1"]]);
  });

  it("rolls back when the disk is full", () => {
    fs.symlinkSync("/dev/full", path.join(folder, "journal-0.jsonl"));
    const store = new JournalStore(folder);
    assert.throws(() => store.table<Note>("notes").put("a", { text: "1" }), {
      code: "InternalFailure",
      message: "The state cannot be written, nothing was changed: ENOSPC: no space left on device, write",
    });
    assert.deepEqual(contents(store), []);
    store.close();
  });

  it("is one clear error when the folder cannot be used", () => {
    const file = path.join(folder, "file");
    fs.writeFileSync(file, "");
    assert.throws(
      () => new JournalStore(path.join(file, "state")),
      (error: Error) => {
        assert.ok(error instanceof StateError);
        return error.message.startsWith(`The state folder ${file}/state cannot be used: `);
      },
    );
  });
});
