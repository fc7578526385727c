import { SecretRecord } from "./secret";

/** A filter of ListSecrets and BatchGetSecretValue. */
export interface Filter {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

type Attribute = (secret: SecretRecord) => readonly string[];

const ATTRIBUTES: Readonly<Record<string, { readonly values: Attribute; readonly ignoresCase: boolean }>> = {
  name: { values: ({ name }) => [name], ignoresCase: false },
  description: { values: ({ description }) => (description ? [description] : []), ignoresCase: true },
  "tag-key": { values: ({ tags }) => Object.keys(tags ?? {}), ignoresCase: false },
  "tag-value": { values: ({ tags }) => Object.values(tags ?? {}), ignoresCase: false },
  "primary-region": {
    values: ({ primaryRegion }) => (primaryRegion ? [primaryRegion] : []),
    ignoresCase: false,
  },
  "owning-service": {
    values: ({ owningService }) => (owningService ? [owningService] : []),
    ignoresCase: false,
  },
};

/**
 * Filters are joined by "and", the values of one by "or"; a value is a prefix, and `!` before it means "does not begin
 * with". `all` looks for each word of the value in every attribute.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html
 */
export function matchesFilters(secret: SecretRecord, filters: readonly Filter[] = []): boolean {
  return filters.every(({ Key = "all", Values = [] }) => Values.some((value) => matches(secret, Key, value)));
}

function matches(secret: SecretRecord, key: string, value: string): boolean {
  if (value.startsWith("!")) return !matches(secret, key, value.slice(1));
  if (key === "all")
    return value
      .split(/[\s/_+=.@-]+/)
      .filter(Boolean)
      .every((word) => matchesWord(secret, word));
  const attribute = ATTRIBUTES[key];
  if (!attribute) return false;
  const fold = (text: string) => (attribute.ignoresCase ? text.toLowerCase() : text);
  return attribute.values(secret).some((candidate) => fold(candidate).startsWith(fold(value)));
}

function matchesWord(secret: SecretRecord, word: string): boolean {
  const wanted = word.toLowerCase();
  return Object.values(ATTRIBUTES)
    .flatMap(({ values }) => values(secret))
    .flatMap((text) => text.toLowerCase().split(/[\s/_+=.@-]+/))
    .some((candidate) => candidate.startsWith(wanted));
}
