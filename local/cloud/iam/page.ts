/** Members of a list's answer: the items under their name, and where to go on. */
export function page<T>(
  name: string,
  items: readonly T[],
  { Marker: marker, MaxItems: maxItems }: { readonly Marker?: string; readonly MaxItems?: string },
): Readonly<Record<string, unknown>> {
  const start = marker === undefined ? 0 : Number(Buffer.from(marker, "base64").toString("latin1")) || 0;
  const size = Math.min(1000, Math.max(1, Number(maxItems ?? 100) || 100));
  const end = start + size;
  const isTruncated = end < items.length;
  return {
    [name]: items.slice(start, end),
    IsTruncated: isTruncated,
    ...(isTruncated && { Marker: Buffer.from(String(end), "latin1").toString("base64") }),
  };
}
