import { strict as assert } from "assert";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";

type Compile = (entry: string, folder: string) => { readonly code: string; readonly map: string };

const compile = require("../../stacks/compile-typescript") as Compile;

describe("compiling a program", () => {
  let folder: string;
  let kept: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "strongroom-compile-"));
    kept = join(folder, "kept");
    mkdirSync(join(folder, "program"));
    write("index.ts", 'import { word } from "./word";\nexport = (): string => word;\n');
    write("word.ts", 'export const word: string = "first";\n');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, text: string) => writeFileSync(join(folder, "program", name), text);
  const compiled = () => compile(join(folder, "program/index.ts"), kept);

  function said(): string {
    const module = { exports: (): string => "" };
    new Function("module", compiled().code)(module);
    return module.exports();
  }

  it("makes one text of all files, with their lines", () => {
    assert.equal(said(), "first");
    assert.deepEqual((JSON.parse(compiled().map) as { sources: string[] }).sources, ["word.ts", "index.ts"]);
  });

  it("takes the kept result while nothing has changed", () => {
    compiled();
    const file = join(kept, readdirSync(kept)[0]!);
    writeFileSync(file, readFileSync(file, "utf8").replace("first", "kept!"));
    assert.equal(said(), "kept!");
  });

  it("sees a file of another text, though of the same length and time", () => {
    const time = new Date("2026-01-01T00:00:00Z");
    const touch = (name: string) => utimesSync(join(folder, "program", name), time, time);
    touch("word.ts");
    assert.equal(said(), "first");
    write("word.ts", 'export const word: string = "other";\n');
    touch("word.ts");
    assert.equal(said(), "other");
  });

  it("sees a new file that is found in place of another", () => {
    mkdirSync(join(folder, "program/place"));
    write("place/index.ts", 'export const word = "folder";\n');
    write("index.ts", 'import { word } from "./place";\nexport = (): string => word;\n');
    assert.equal(said(), "folder");
    write("place.ts", 'export const word = "file";\n');
    assert.equal(said(), "file");
  });

  it("compiles anew when a file is gone or what is kept cannot be read", () => {
    assert.equal(said(), "first");
    rmSync(join(folder, "program/word.ts"));
    assert.throws(compiled, /Could not resolve ".\/word"/);
    write("word.ts", 'export const word = "again";\n');
    assert.equal(said(), "again");
    writeFileSync(join(kept, readdirSync(kept)[0]!), "{");
    assert.equal(said(), "again");
  });

  it("keeps nothing when a file changes while it is compiled", () => {
    const place = require.resolve("esbuild");
    const esbuild = require("esbuild") as typeof import("esbuild");
    const buildSync = (options: import("esbuild").BuildOptions) => {
      const result = esbuild.buildSync(options);
      write("word.ts", 'export const word: string = "later";\n');
      return result;
    };
    require.cache[place]!.exports = { ...esbuild, buildSync };
    try {
      assert.equal(said(), "first");
    } finally {
      require.cache[place]!.exports = esbuild;
    }
    assert.equal(said(), "later");
  });

  it("works without a place to keep anything", () => {
    writeFileSync(kept, "a file where the folder would be");
    assert.equal(said(), "first");
  });
});
