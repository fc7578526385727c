import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Zippable, unzipSync, zipSync } from "fflate";
import { ARCHIVE_SIGNATURE, ASSET_SIGNATURE, SIGNATURE_KEY } from "./sentinels";

/** The earliest time a zip file can hold, for every entry: the same content is the same zip. */
const ENTRY_TIME = new Date(1980, 0, 1, 0, 0, 0);

/** An asset or archive as Pulumi sends it; paths are relative to the engine's working folder. */
interface WireContent {
  readonly [SIGNATURE_KEY]: string;
  readonly hash?: string;
  readonly path?: string;
  readonly text?: string;
  readonly uri?: string;
  readonly assets?: Readonly<Record<string, WireContent>>;
}

/** True for an asset or an archive in wire form. */
export function isContent(value: unknown): boolean {
  const signature = (value as WireContent | null | undefined)?.[SIGNATURE_KEY];
  return signature === ASSET_SIGNATURE || signature === ARCHIVE_SIGNATURE;
}

/** The hash that the engine computed over the content, when it did. */
export function contentHash(value: unknown): string | undefined {
  return (value as WireContent | undefined)?.hash || undefined;
}

/**
 * The archive as a zip file, the same bytes for the same content.
 *
 * @throws Error for remote archives and for what is no archive
 */
export function zipArchive(value: unknown): Uint8Array {
  const archive = value as WireContent;
  if (archive?.[SIGNATURE_KEY] === ARCHIVE_SIGNATURE && archive.path?.endsWith(".zip")) {
    return readFileSync(archive.path);
  }
  const files = new Map<string, Uint8Array>();
  collect(archive, "", files);
  const entries: Zippable = {};
  for (const name of [...files.keys()].sort()) {
    entries[name] = [files.get(name)!, { mtime: ENTRY_TIME, os: 3, attrs: 0o100644 << 16 }];
  }
  return zipSync(entries, { level: 6 });
}

function collect(content: WireContent, prefix: string, files: Map<string, Uint8Array>): void {
  if (content?.uri) {
    throw new Error(`the local provider does not fetch remote content: ${content.uri}`);
  }
  if (content?.[SIGNATURE_KEY] === ASSET_SIGNATURE) {
    files.set(prefix, content.path ? readFileSync(content.path) : Buffer.from(content.text ?? "", "utf8"));
  } else if (content?.[SIGNATURE_KEY] === ARCHIVE_SIGNATURE) {
    collectArchive(content, prefix, files);
  } else {
    throw new Error("the code of a function must be an archive");
  }
}

function collectArchive(archive: WireContent, prefix: string, files: Map<string, Uint8Array>): void {
  for (const [name, member] of Object.entries(archive.assets ?? {})) {
    collect(member, joinName(prefix, name), files);
  }
  if (archive.path === undefined) {
    return;
  }
  if (statSync(archive.path).isDirectory()) {
    collectFolder(archive.path, prefix, files);
  } else if (archive.path.endsWith(".zip")) {
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(archive.path)))) {
      files.set(joinName(prefix, name), bytes);
    }
  } else {
    throw new Error(`an archive must be a folder or a .zip file: ${archive.path}`);
  }
}

function collectFolder(folder: string, prefix: string, files: Map<string, Uint8Array>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (statSync(path).isDirectory()) {
      collectFolder(path, joinName(prefix, entry.name), files);
    } else {
      files.set(joinName(prefix, entry.name), readFileSync(path));
    }
  }
}

function joinName(prefix: string, name: string): string {
  return prefix === "" || prefix === "." ? name : `${prefix}/${name}`;
}
