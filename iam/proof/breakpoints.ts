import { parseRange } from "../ip-range";

/** Numbers of which each stretch between the given ones, and each given one, has a value among them. */
export function numbersAround(values: readonly string[]): readonly string[] {
  const numbers = values.map(Number).filter(Number.isFinite);
  const around = numbers.flatMap((value) => [Math.ceil(value) - 1, Math.round(value), Math.floor(value) + 1]);
  return [...new Set(around)].sort((a, b) => a - b).map(String);
}

/** As {@link numbersAround} for times, in milliseconds since 1970, to the second. */
export function timesAround(milliseconds: readonly number[]): readonly number[] {
  const around = milliseconds.flatMap((value) => {
    const second = Math.floor(value / 1000) * 1000;
    return second === value ? [value - 1000, value, value + 1000] : [second, second + 1000];
  });
  return [...new Set(around)].sort((a, b) => a - b);
}

/**
 * Addresses of which each stretch between the ends of the ranges has one, of both families; the first is of none of
 * the ranges when there is such a one.
 */
export function addressesAround(ranges: readonly string[]): readonly string[] {
  const parsed = ranges.flatMap((text) => parseRange(text) ?? []);
  const starts = new Map<32 | 128, Set<bigint>>([
    [32, new Set([parseRange("198.51.100.77")!.bits])],
    [128, new Set([parseRange("2001:db8::77")!.bits])],
  ]);
  for (const { width, bits, prefixLength } of parsed) {
    const shift = BigInt(width - prefixLength);
    const first = bits << shift;
    const next = (bits + 1n) << shift;
    const end = 1n << BigInt(width);
    for (const address of [first, next, first - 1n, next - 1n]) {
      if (address >= 0n && address < end) starts.get(width)!.add(address);
    }
  }
  return [...starts].flatMap(([width, addresses]) =>
    [...addresses].map((address) => written(address, width)),
  );
}

function written(address: bigint, width: 32 | 128): string {
  const size = width === 32 ? 8n : 16n;
  const count = width === 32 ? 4 : 8;
  const groups = Array.from({ length: count }, (_, index) => {
    const shift = size * BigInt(count - 1 - index);
    return (address >> shift) & ((1n << size) - 1n);
  });
  return width === 32 ? groups.join(".") : groups.map((group) => group.toString(16)).join(":");
}
