const placeholder =
  /^(\{\}|\[\]|change[-_ ]?(me|this|it)\b.*|(to ?be )?(replaced?|set|filled)( (me|later|manually|by hand))?|place[-_ ]?holder.*|to[-_ ]?do\b.*|tbd|dummy|fake|sample|example|default|none|null|empty|secret|password|passw0rd|hunter2|test|temp|foo|bar|x+|\.+|\*+|-+|<[^>]*>|\$\{[^}]*\})$/i;
const nameOfCredential = /pass(word|wd|phrase)?$|secret$|token$|key$/i;

/**
 * Whether a value stands for one that is still to come: the usual words, alone or as the credential in a JSON object.
 * An empty text is one, too.
 */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === "" || placeholder.test(trimmed)) return true;
  const members = membersOf(trimmed);
  const credentials = members.filter(([name]) => nameOfCredential.test(name));
  return credentials.some(([, value]) => typeof value === "string" && isWord(value));
}

function isWord(value: string): boolean {
  const trimmed = value.trim();
  return trimmed === "" || placeholder.test(trimmed);
}

function membersOf(text: string): readonly (readonly [string, unknown])[] {
  if (!text.startsWith("{")) return [];
  try {
    return Object.entries(JSON.parse(text) as object);
  } catch {
    return [];
  }
}
