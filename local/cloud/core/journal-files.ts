import * as fs from "fs";
import * as path from "path";
import { StringDecoder } from "string_decoder";

/** The state folder cannot be used; the message is fit to be shown as it is. */
export class StateError extends Error {
  override readonly name = "StateError";
}

/**
 * A state folder: `snapshot.jsonl` (first line: the generation) and `journal-<generation>.jsonl`. A new snapshot is
 * written aside and renamed, which retires the journal of the generation before in the same moment.
 */
export class JournalFiles {
  private generation = 0;
  private descriptor = -1;
  private length = 0;

  /** @throws StateError when the folder cannot be made, read or written */
  constructor(readonly folder: string) {
    this.guard(() => fs.mkdirSync(folder, { recursive: true, mode: 0o700 }));
  }

  /** Reads the snapshot and then the journal line by line; a torn last line of the journal is cut off. */
  replay(onLine: (line: string) => void): void {
    this.guard(() => {
      const snapshot = path.join(this.folder, "snapshot.jsonl");
      if (fs.existsSync(snapshot)) {
        let isFirst = true;
        readLines(snapshot, (line) => {
          if (isFirst) this.generation = (JSON.parse(line) as { generation: number }).generation;
          else onLine(line);
          isFirst = false;
        });
      }
      const journal = this.journalPath();
      if (fs.existsSync(journal)) this.length = readLines(journal, onLine);
      this.open();
      this.removeLeftovers();
    });
  }

  /** Bytes of the journal. */
  get journalLength(): number {
    return this.length;
  }

  /** Adds one line; when it cannot be written whole, nothing of it stays. */
  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    let written = 0;
    try {
      while (written < bytes.length) written += fs.writeSync(this.descriptor, bytes, written);
      this.length += bytes.length;
    } catch (error) {
      if (written > 0) fs.ftruncateSync(this.descriptor, this.length);
      throw error;
    }
  }

  /** Replaces snapshot and journal by a snapshot of these lines. */
  compact(lines: Iterable<string>): void {
    const temporary = path.join(this.folder, "snapshot.tmp");
    const next = this.generation + 1;
    const out = fs.openSync(temporary, "w", 0o600);
    try {
      let chunk = `${JSON.stringify({ generation: next })}\n`;
      for (const line of lines) {
        chunk += `${line}\n`;
        if (chunk.length < 1 << 20) continue;
        fs.writeFileSync(out, chunk);
        chunk = "";
      }
      fs.writeFileSync(out, chunk);
      fs.fsyncSync(out);
    } finally {
      fs.closeSync(out);
    }
    fs.renameSync(temporary, path.join(this.folder, "snapshot.jsonl"));
    this.close();
    this.generation = next;
    this.length = 0;
    this.open();
    this.removeLeftovers();
  }

  close(): void {
    if (this.descriptor >= 0) fs.closeSync(this.descriptor);
    this.descriptor = -1;
  }

  private open(): void {
    this.descriptor = fs.openSync(this.journalPath(), "a", 0o600);
    if (fs.fstatSync(this.descriptor).size > this.length) fs.ftruncateSync(this.descriptor, this.length);
  }

  private journalPath(): string {
    return path.join(this.folder, `journal-${this.generation}.jsonl`);
  }

  private removeLeftovers(): void {
    const current = path.basename(this.journalPath());
    for (const name of fs.readdirSync(this.folder)) {
      const isOldJournal = /^journal-\d+\.jsonl$/.test(name) && name !== current;
      if (isOldJournal || name === "snapshot.tmp") fs.unlinkSync(path.join(this.folder, name));
    }
  }

  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw new StateError(`The state folder ${this.folder} cannot be used: ${(error as Error).message}`);
    }
  }
}

/** Calls back with each whole line; returns the bytes up to the end of the last whole line. */
function readLines(file: string, onLine: (line: string) => void): number {
  const descriptor = fs.openSync(file, "r");
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(1 << 18);
  let rest = "";
  let whole = 0;
  try {
    let left = fs.fstatSync(descriptor).size;
    for (let read; left > 0 && (read = fs.readSync(descriptor, buffer)) > 0; left -= read) {
      const lines = (rest + decoder.write(buffer.subarray(0, read))).split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        onLine(line);
        whole += Buffer.byteLength(line) + 1;
      }
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return whole;
}
