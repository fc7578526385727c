import { ApiError } from "./api-error";
import { JournalFiles } from "./journal-files";
import { Change, MemoryStore } from "./memory-store";

export { memoryStore } from "./memory-store";
export { StateError } from "./journal-files";

export interface JournalStoreOptions {
  /** The journal is folded into the snapshot when it has grown to so many bytes. @default 16 MiB */
  readonly compactAtBytes?: number;
}

/** A store that keeps what is committed in a folder, over a restart and over a kill at any moment. */
export class JournalStore extends MemoryStore {
  private readonly files: JournalFiles;
  private compactAtBytes: number;

  /** @throws StateError when the folder cannot be used or holds something else */
  constructor(folder: string, options: JournalStoreOptions = {}) {
    super((changes) => this.keep(changes));
    this.compactAtBytes = options.compactAtBytes ?? 16 << 20;
    this.files = new JournalFiles(folder);
    this.files.replay((line) => {
      for (const change of JSON.parse(line) as Change[]) this.load(change);
    });
  }

  /** Folds the journal into the snapshot. */
  compact(): void {
    this.files.compact(this.lines());
  }

  override close(): void {
    this.files.close();
  }

  private keep(changes: readonly Change[]): void {
    try {
      this.files.append(JSON.stringify(changes));
    } catch (error) {
      const cause = (error as Error).message;
      throw new ApiError(
        "InternalFailure",
        `The state cannot be written, nothing was changed: ${cause}`,
        500,
      );
    }
    if (this.files.journalLength > this.compactAtBytes) this.tryToCompact();
  }

  /** What the journal holds is safe without it, so a failure only puts it off. */
  private tryToCompact(): void {
    try {
      this.compact();
    } catch {
      this.compactAtBytes = this.files.journalLength * 2;
    }
  }

  private *lines(): IterableIterator<string> {
    for (const record of this.records()) yield JSON.stringify([record]);
  }
}
