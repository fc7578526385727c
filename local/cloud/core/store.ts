/**
 * All state of the cloud: tables of immutable JSON values by string key. Values are replaced, never changed in place.
 * Implementations keep what is committed over a restart and undo everything a failed transaction wrote.
 */
export interface Store {
  /** The table of that name; made on first use. `V` must survive JSON. */
  table<V extends object>(name: string): Table<V>;
  /** Runs `work` and keeps all of its changes or none. Synchronous; transactions nest into the outermost. */
  transaction<T>(work: () => T): T;
}

export interface Table<V extends object> {
  get(key: string): V | undefined;
  put(key: string, value: V): void;
  delete(key: string): void;
  has(key: string): boolean;
  /** In order of first insertion. */
  values(): IterableIterator<V>;
  entries(): IterableIterator<[string, V]>;
  readonly size: number;
  /** Grows with every change, with an undone one twice: what was read from the table holds while it stays the same. */
  readonly revision: number;
}
