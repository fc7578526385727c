/**
 * What a secret's name has to be, or undefined when it is sound: 1 to 512 characters of `A-Za-z0-9/_+=.@-`, and not
 * ending in a hyphen and six characters, which Secrets Manager would mistake for the end of an ARN.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
export function secretNameFault(name: string): string | undefined {
  if (!/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(name)) return "1 to 512 characters of A-Z a-z 0-9 / _ + = . @ -";
  if (/-[A-Za-z0-9/_+=.@-]{6}$/.test(name)) return "a name that does not end in a hyphen and six characters";
  return undefined;
}

/**
 * A physical name for something that belongs to one secret, at most 64 characters of letters, digits, `-` and `_`:
 * the prefix and the secret's name with `_` for `/`. Different secrets get different names: where characters had
 * to be changed or cut, a checksum tells them apart.
 */
export function nameFor(prefix: string, secretName: string): string {
  const name = `${prefix}-${secretName.replace(/[^A-Za-z0-9-]/g, "_")}`;
  if (/^[A-Za-z0-9/-]+$/.test(secretName) && name.length <= LONGEST) return name;
  const checksum = fnv1a(secretName);
  return `${name.slice(0, LONGEST - checksum.length - 1)}-${checksum}`;
}

const LONGEST = 64;

/** FNV-1a, 32 bits, as eight hexadecimal digits. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
