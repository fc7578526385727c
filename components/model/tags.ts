/** How bad it is when a value of this class gets out; what auditors ask a secret's tag for. */
export const DATA_CLASSES = ["internal", "confidential", "cardholder-data", "health-data"] as const;

export type DataClass = (typeof DATA_CLASSES)[number];

/**
 * A tag's value that every AWS service takes: 1 to 256 letters, digits, spaces and `+ - = . _ : / @`.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
 */
export const isTagValue = (text: string): boolean => /^[\p{L}\p{N} +\-=._:/@]{1,256}$/u.test(text);

export interface SecretTagFacts {
  readonly owner: string;
  readonly dataClass: DataClass;
  readonly rotation: { readonly kind: "scheduled" } | { readonly kind: "never"; readonly reason: string };
}

/** The tags of a secret. `strongroom:rotation-exemption` is there exactly when the secret does not rotate. */
export function secretTags({ owner, dataClass, rotation }: SecretTagFacts): Readonly<Record<string, string>> {
  const tags = {
    "strongroom:owner": owner,
    "strongroom:data-class": dataClass,
    "strongroom:rotation": rotation.kind,
  };
  return rotation.kind === "never" ? { ...tags, "strongroom:rotation-exemption": rotation.reason } : tags;
}
