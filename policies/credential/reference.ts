const wholeReferences: readonly RegExp[] = [
  /^arn:[a-z-]+:[a-z0-9-]+:/,
  /^\{\{resolve:[^{}]+\}\}$/,
  /^\$\{[A-Za-z_][\w.:-]*\}$/,
  /^\$[A-Z_][A-Z0-9_]*$/,
  /^\$\(/,
  /^`/,
  /^(true|false|null|none|undefined|yes|no|on|off)$/i,
  /^-?\d{1,7}(\.\d+)?$/,
  /^\/[\w./-]+$/,
  /^<[^<>]*>$/,
  /^\*+$/,
];

/** Words that stand where somebody is to write a value. Not `changeme` and its like: those are passwords in use. */
const placeholder = /^(x{3,}|\.{3}|tbd|todo|n\/a|redacted|placeholder)$/i;

/**
 * Whether a text says where a credential is, or is none, rather than being one: an ARN, a dynamic reference of
 * CloudFormation, a variable, the output of a command, a path, a flag, a number of up to seven digits, a placeholder.
 */
export function isReference(text: string): boolean {
  const value = text.trim();
  return value === "" || placeholder.test(value) || wholeReferences.some((form) => form.test(value));
}
