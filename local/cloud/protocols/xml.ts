/** The members of a structure as XML: lists as `<member>`, maps as `<entry>` when given as a Map, times as ISO 8601. */
export function xmlMembers(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value)
    .filter(([, member]) => member !== undefined && member !== null)
    .map(([name, member]) => `<${name}>${xmlValue(member)}</${name}>`)
    .join("");
}

/** One element with text content. */
export function element(name: string, text: string): string {
  return `<${name}>${escape(text)}</${name}>`;
}

function xmlValue(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xmlValue(item)}</member>`).join("");
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Map) {
    return [...value]
      .map(([k, v]) => `<entry>${element("key", String(k))}<value>${xmlValue(v)}</value></entry>`)
      .join("");
  }
  if (typeof value === "object" && value !== null) return xmlMembers(value);
  return escape(String(value));
}

function escape(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\r/g, "&#xD;");
}
