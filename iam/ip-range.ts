/** A block of addresses: those whose first `prefixLength` bits are `bits`. */
export interface IpRange {
  /** 32 for IPv4, 128 for IPv6. */
  readonly width: 32 | 128;
  readonly bits: bigint;
  readonly prefixLength: number;
}

/** Reads `203.0.113.7`, `203.0.113.0/24`, `2001:db8::1` or `2001:db8::/32`; `undefined` for anything else. */
export function parseRange(text: string): IpRange | undefined {
  const [address = "", length, ...more] = text.split("/");
  const parsed = parseAddress(address);
  if (parsed === undefined || more.length > 0) return undefined;
  if (length === undefined) return { ...parsed, prefixLength: parsed.width };
  if (!/^\d{1,3}$/.test(length) || Number(length) > parsed.width) return undefined;
  const prefixLength = Number(length);
  const shift = BigInt(parsed.width - prefixLength);
  return { width: parsed.width, bits: parsed.bits >> shift, prefixLength };
}

/** Whether the address is one of the range; text that is no address is in none. */
export function inRange(address: string, range: IpRange): boolean {
  const parsed = parseAddress(address);
  return (
    parsed !== undefined &&
    parsed.width === range.width &&
    parsed.bits >> BigInt(range.width - range.prefixLength) === range.bits
  );
}

function parseAddress(text: string): { readonly width: 32 | 128; readonly bits: bigint } | undefined {
  const v4 = parseV4(text);
  if (v4 !== undefined) return { width: 32, bits: v4 };
  const v6 = text.includes(":") ? parseV6(text) : undefined;
  return v6 === undefined ? undefined : { width: 128, bits: v6 };
}

function parseV4(text: string): bigint | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)) {
    return undefined;
  }
  return octets.reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
}

/** RFC 4291, section 2.2: groups of hexadecimal digits, one `::`, an IPv4 address as the last two groups. */
function parseV6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map((half, at) =>
    (half === "" ? [] : half.split(":")).flatMap((group, position, all) =>
      groupsOf(group, at === halves.length - 1 && position === all.length - 1),
    ),
  );
  const [head = [], tail] = groups;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...Array<string>(missing).fill("0"), ...(tail ?? [])];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return all.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

function groupsOf(group: string, isLast: boolean): readonly string[] {
  if (!group.includes(".")) return [group];
  const v4 = isLast ? parseV4(group) : undefined;
  return v4 === undefined ? ["invalid"] : [(v4 >> 16n).toString(16), (v4 & 0xffffn).toString(16)];
}
