import { Store, Table } from "./store";

/** One changed record: table, key and the new value; `null` for a deleted one. */
export type Change = readonly [table: string, key: string, value: object | null];

/** Told of the changes of each outermost transaction before they count; what it throws undoes them all. */
export type CommitListener = (changes: readonly Change[]) => void;

/** A store that forgets everything with the process. */
export function memoryStore(): MemoryStore {
  return new MemoryStore(() => undefined);
}

/** Tables in memory with an undo log; `onCommit` may keep what is committed. */
export class MemoryStore implements Store {
  private readonly tables = new Map<string, MemoryTable>();
  private undo: (() => void)[] = [];
  private touched = new Map<MemoryTable, Set<string>>();
  private depth = 0;

  constructor(private readonly onCommit: CommitListener) {}

  table<V extends object>(name: string): Table<V> {
    let table = this.tables.get(name);
    if (!table) {
      table = new MemoryTable(name, this);
      this.tables.set(name, table);
    }
    return table as unknown as Table<V>;
  }

  transaction<T>(work: () => T): T {
    const mark = this.undo.length;
    this.depth += 1;
    try {
      const value = work();
      if (this.depth === 1) this.commit();
      return value;
    } catch (error) {
      this.rollBack(mark);
      throw error;
    } finally {
      this.depth -= 1;
      if (this.depth === 0) this.forget();
    }
  }

  /** Every record, for a snapshot. */
  *records(): IterableIterator<Change> {
    for (const [name, table] of this.tables) {
      for (const [key, value] of table.entries()) yield [name, key, value];
    }
  }

  /** Puts a record read back from a journal in place, with no listener told. */
  load([name, key, value]: Change): void {
    (this.table(name) as unknown as MemoryTable).load(key, value);
  }

  /** Deletes every record, as one transaction. */
  clear(): void {
    this.transaction(() => {
      for (const table of this.tables.values()) {
        for (const [key] of [...table.entries()]) table.delete(key);
      }
    });
  }

  /** Releases what the store holds open; nothing in memory alone. */
  close(): void {}

  /** @internal Runs one change of a table and remembers how to undo it. */
  change(table: MemoryTable, key: string, apply: () => () => void): void {
    if (this.depth === 0) return this.transaction(() => this.change(table, key, apply));
    this.undo.push(apply());
    const keys = this.touched.get(table);
    if (keys) keys.add(key);
    else this.touched.set(table, new Set([key]));
  }

  private commit(): void {
    if (this.touched.size === 0) return;
    const changes: Change[] = [];
    for (const [table, keys] of this.touched) {
      for (const key of keys) changes.push([table.name, key, table.get(key) ?? null]);
    }
    this.onCommit(changes);
    for (const [table, keys] of this.touched) table.bury(keys);
  }

  private rollBack(mark: number): void {
    while (this.undo.length > mark) this.undo.pop()!();
  }

  private forget(): void {
    this.undo = [];
    this.touched = new Map();
  }
}

/** Stands for a record deleted by the open transaction, so that undoing it keeps its place in the order. */
const DELETED: object = Object.freeze({});

class MemoryTable implements Table<object> {
  private readonly records = new Map<string, object>();
  private deleted = 0;
  revision = 0;

  constructor(
    readonly name: string,
    private readonly store: MemoryStore,
  ) {}

  get size(): number {
    return this.records.size - this.deleted;
  }

  get(key: string): object | undefined {
    const value = this.records.get(key);
    return value === DELETED ? undefined : value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  put(key: string, value: object): void {
    this.store.change(this, key, () => this.replace(key, value));
  }

  delete(key: string): void {
    if (!this.has(key)) return;
    this.store.change(this, key, () => this.replace(key, DELETED));
  }

  *entries(): IterableIterator<[string, object]> {
    for (const entry of this.records) if (entry[1] !== DELETED) yield entry;
  }

  *values(): IterableIterator<object> {
    for (const value of this.records.values()) if (value !== DELETED) yield value;
  }

  /** Drops what the transaction that ends now has deleted. */
  bury(keys: Iterable<string>): void {
    if (this.deleted === 0) return;
    for (const key of keys) if (this.records.get(key) === DELETED) this.records.delete(key);
    this.deleted = 0;
  }

  load(key: string, value: object | null): void {
    this.revision += 1;
    if (value) this.records.set(key, value);
    else this.records.delete(key);
  }

  private replace(key: string, value: object): () => void {
    const before = this.records.get(key);
    const deletedBefore = this.deleted;
    if (value === DELETED) this.deleted += 1;
    else if (before === DELETED) this.deleted -= 1;
    this.records.set(key, value);
    this.revision += 1;
    return () => {
      this.revision += 1;
      this.deleted = deletedBefore;
      if (before === undefined) this.records.delete(key);
      else this.records.set(key, before);
    };
  }
}
