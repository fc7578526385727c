import { closeSync, fstatSync, openSync, readSync } from "fs";

/** A log file that is only ever written at its end. */
export class GrowingFile {
  private position = 0;

  constructor(private readonly file: string) {}

  /** What was written since it was last read. */
  read(): string {
    const descriptor = openSync(this.file, "r");
    try {
      const buffer = Buffer.alloc(fstatSync(descriptor).size - this.position);
      const length = readSync(descriptor, buffer, 0, buffer.length, this.position);
      this.position += length;
      return buffer.toString("utf8", 0, length);
    } finally {
      closeSync(descriptor);
    }
  }
}
