/** The keys that an object of the text has more than once, each with the path of the object, such as `Statement[0].Sid`. */
export function duplicateKeys(text: string): readonly string[] {
  const duplicates: string[] = [];
  new Reader(text, duplicates).readValue("");
  return duplicates;
}

const PRIMITIVE = /[^\s,\]}]+/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SPACE = /\s*/y;

/** Walks JSON that `JSON.parse` has accepted, so that it needs no errors of its own. */
class Reader {
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly duplicates: string[],
  ) {}

  readValue(path: string): void {
    this.take(SPACE);
    const first = this.text[this.position];
    if (first === "{") this.readObject(path);
    else if (first === "[") this.readArray(path);
    else this.take(first === '"' ? STRING : PRIMITIVE);
    this.take(SPACE);
  }

  private readObject(path: string): void {
    const seen = new Set<string>();
    this.readItems("}", () => {
      const key = JSON.parse(this.take(STRING)) as string;
      const keyPath = path === "" ? key : `${path}.${key}`;
      if (seen.has(key)) this.duplicates.push(keyPath);
      seen.add(key);
      this.take(SPACE);
      this.position++;
      this.readValue(keyPath);
    });
  }

  private readArray(path: string): void {
    this.readItems("]", (index) => this.readValue(`${path}[${index}]`));
  }

  private readItems(end: string, readItem: (index: number) => void): void {
    this.position++;
    for (let index = 0; ; index++) {
      this.take(SPACE);
      if (this.text[this.position] === end) break;
      if (this.text[this.position] === ",") this.position++;
      this.take(SPACE);
      readItem(index);
    }
    this.position++;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const [found = ""] = pattern.exec(this.text) ?? [];
    this.position += found.length;
    return found;
  }
}
