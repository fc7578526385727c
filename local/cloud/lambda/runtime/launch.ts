import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { dirname, join, normalize } from "path";
import { unzipSync } from "fflate";
import { bootstrap } from "./bootstrap";

/** How a function's process is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly version: string;
  /** MiB. */
  readonly memorySize: number;
}

/** Where one cloud keeps unpacked code; removed when it stops. */
export class CodeFolders {
  private readonly root = join(tmpdir(), `strongroom-lambda-${process.pid}-${Date.now()}-${nextNumber()}`);

  /** The folder of a zip's content, unpacked when it is first asked for. */
  folder(codeSha256: string, zip: () => string): string {
    const folder = join(this.root, codeSha256.replaceAll("/", "_"));
    if (!existsSync(folder)) unpack(Buffer.from(zip(), "base64"), folder);
    return folder;
  }

  bootstrapFile(): string {
    const file = join(this.root, "bootstrap.cjs");
    if (!existsSync(file)) {
      mkdirSync(this.root, { recursive: true, mode: 0o700 });
      writeFileSync(file, bootstrap);
    }
    return file;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

let last = 0;
function nextNumber(): number {
  return ++last;
}

function unpack(zip: Buffer, folder: string): void {
  const working = `${folder}.unpacking`;
  for (const [name, content] of Object.entries(unzipSync(zip))) {
    const path = normalize(name);
    // Names that lead out of the folder are skipped, as Lambda's own unpacking does.
    if (path.startsWith("..") || path.startsWith("/")) continue;
    const file = join(working, path);
    mkdirSync(name.endsWith("/") ? file : dirname(file), { recursive: true, mode: 0o700 });
    if (!name.endsWith("/")) writeFileSync(file, content);
  }
  mkdirSync(working, { recursive: true });
  renameSync(working, folder);
}
