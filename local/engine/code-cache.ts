import { createHash } from "crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "fs";
import { Module } from "module";
import { dirname } from "path";
import { Script } from "vm";
import { isMainThread } from "worker_threads";
import { codeCacheVariable } from "./code-cache-variable";

/*
 * Preloaded (`node --require`) by the processes of a preview: compiling the thousand files of `@pulumi/pulumi`, of the
 * provider or of a bundle is a third of their start. V8's compiled code is kept in the file that the variable names, and
 * taken for each file that has the same text, by the same Node. (Node 22 has `module.enableCompileCache`, Node 20 has not.)
 */

/** By then a plugin, which the engine ends without notice, has run the code that every start runs. */
const WARM_AFTER_MS = 400;

/** Where the code of one file lies in the cache. */
interface Entry {
  readonly hash: string;
  readonly start: number;
  readonly length: number;
}

type Compile = (this: NodeJS.Module, source: string, file: string, format?: string) => unknown;
type Resolve = (request: string, parent: NodeJS.Module, isMain: boolean, options?: object) => string;

/** Parts of Node's loader that its types leave out. */
interface Loader {
  readonly prototype: { _compile: Compile };
  readonly _resolveFilename: Resolve;
  readonly _resolveLookupPaths: (request: string, parent: NodeJS.Module) => string[] | null;
  readonly _cache: NodeJS.Dict<NodeJS.Module>;
  readonly _extensions: NodeJS.RequireExtensions;
}

const loader = Module as unknown as Loader;
/** Characters that stand before the source on its first line. */
const wrapperLength = Module.wrap("|").indexOf("|");

/** Code from a cache cannot call `import()` on Node 20. */
const dynamicImport = /\bimport\s*\(/;

class CodeCache {
  private readonly entries: Map<string, Entry>;
  private readonly code: Buffer;
  private readonly scripts = new Map<string, { hash: string; script: Script }>();
  private isStale = false;

  /** @param file a damaged or missing one is an empty cache */
  constructor(private readonly file: string) {
    try {
      const content = readFileSync(file);
      const end = 4 + content.readUInt32LE(0);
      this.entries = new Map(JSON.parse(content.toString("utf8", 4, end)) as [string, Entry][]);
      this.code = content.subarray(end);
    } catch {
      this.entries = new Map();
      this.code = Buffer.alloc(0);
    }
  }

  /** The source of one file, compiled: a function of the five names that Node gives to modules. */
  compile(source: string, file: string): Script {
    const hash = createHash("sha1").update(source).digest("base64");
    const entry = this.entries.get(file);
    // V8 itself compares no more of the source than its length.
    const cachedData =
      entry?.hash === hash ? this.code.subarray(entry.start, entry.start + entry.length) : undefined;
    const script = new Script(Module.wrap(source), {
      filename: file,
      columnOffset: -wrapperLength,
      cachedData,
    });
    if (cachedData === undefined || script.cachedDataRejected === true) this.isStale = true;
    this.scripts.set(file, { hash, script });
    return script;
  }

  /** Writes what is new, with what was there of other files; whole or not at all, as two processes may write at once. */
  keep(): void {
    if (!this.isStale) return;
    this.isStale = false;
    const kept: [string, Entry][] = [];
    const parts: Buffer[] = [];
    let start = 0;
    const add = (file: string, hash: string, code: Buffer) => {
      kept.push([file, { hash, start, length: code.length }]);
      parts.push(code);
      start += code.length;
    };
    for (const [file, { hash, script }] of this.scripts) add(file, hash, script.createCachedData());
    for (const [file, entry] of this.entries) {
      if (this.scripts.has(file)) continue;
      add(file, entry.hash, this.code.subarray(entry.start, entry.start + entry.length));
    }
    this.write(Buffer.from(JSON.stringify(kept)), parts);
  }

  private write(table: Buffer, parts: readonly Buffer[]): void {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(table.length);
    const temporary = `${this.file}.${process.pid}`;
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      writeFileSync(temporary, Buffer.concat([size, table, ...parts]));
      renameSync(temporary, this.file);
    } catch {
      // A folder that cannot be written only costs the next start its cache.
    }
  }
}

/** What a module calls as `require`, as Node makes it. */
function requireOf(parent: NodeJS.Module): NodeJS.Require {
  const resolve = (request: string, options?: object) =>
    loader._resolveFilename(request, parent, false, options);
  const paths = (request: string) => loader._resolveLookupPaths(request, parent);
  return Object.assign((id: string) => parent.require(id) as unknown, {
    resolve: Object.assign(resolve, { paths }),
    main: process.mainModule,
    cache: loader._cache,
    extensions: loader._extensions,
  });
}

/** From here on, modules are compiled by way of `cache`. */
function compileBy(cache: CodeCache): void {
  const original = loader.prototype._compile;
  loader.prototype._compile = function (source, file, format) {
    const isPlain = (format === undefined || format === "commonjs") && !dynamicImport.test(source);
    if (!isPlain) return original.call(this, source, file, format);
    const run = cache.compile(source.replace(/^#!.*/, ""), file).runInThisContext() as (
      ...names: unknown[]
    ) => unknown;
    return run.call(this.exports, this.exports, requireOf(this), this, file, dirname(file));
  };
  setTimeout(() => cache.keep(), WARM_AFTER_MS).unref();
  process.once("exit", () => cache.keep());
}

const file = process.env[codeCacheVariable];
if (file !== undefined && isMainThread) compileBy(new CodeCache(`${file}.${process.version}`));
