/** One element of BER with a definite length, as LDAP uses it. */
export interface BerElement {
  readonly tag: number;
  readonly content: Buffer;
  /** Of the whole element, in bytes. */
  readonly size: number;
}

/** The element at the beginning of the bytes; `undefined` when they end before it does. */
export function readElement(bytes: Buffer): BerElement | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes[1]!;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (bytes.length < 2 + lengthBytes) return undefined;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes);
  const start = 2 + lengthBytes;
  if (bytes.length < start + length) return undefined;
  return { tag: bytes[0]!, content: bytes.subarray(start, start + length), size: start + length };
}

/** The elements inside of one. @throws Error when the last is cut off */
export function childrenOf({ content }: Pick<BerElement, "content">): readonly BerElement[] {
  const children: BerElement[] = [];
  for (let rest = content; rest.length > 0;) {
    const child = readElement(rest);
    if (!child) throw new Error("BER: an element is cut off");
    children.push(child);
    rest = rest.subarray(child.size);
  }
  return children;
}

export function element(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  const length =
    content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

export const text = (value: Buffer | string): Buffer => element(0x04, value);
export const enumerated = (value: number): Buffer => element(0x0a, Buffer.from([value]));
