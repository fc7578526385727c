/** The log of a server that many cases share, in the parts in which it was read: no case reads it whole. */
export class ServerLog {
  private readonly parts: string[] = [];

  /** @param read what was logged since it was last called */
  constructor(private readonly read: () => Promise<string>) {}

  /** The place up to which it is written now. */
  async mark(): Promise<number> {
    return this.parts.push(await this.read());
  }

  /** What was logged after a mark. */
  async since(mark: number): Promise<string> {
    this.parts.push(await this.read());
    return this.parts.slice(mark).join("");
  }
}
