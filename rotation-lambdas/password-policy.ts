/** What a server asks of a new password, as far as it tells without a change. */
export type PasswordPolicy =
  /** It judges nothing of what the function sends. */
  | { readonly kind: "none"; readonly why: string }
  | { readonly kind: "rules"; readonly rules: PasswordRules; readonly source: string }
  /** It refuses what the function sends, whatever the password. */
  | { readonly kind: "refuses"; readonly why: string }
  | { readonly kind: "hidden"; readonly why: string };

/** Fewest characters of each sort; absent: none are asked for. */
export interface PasswordRules {
  readonly length?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly letters?: number;
  readonly digits?: number;
  readonly special?: number;
  /** Of the four sorts lower, upper, digits and special, how many have to be there. */
  readonly sorts?: number;
}

const sortsOf: Readonly<Record<keyof PasswordRules, (password: string) => number>> = {
  length: (password) => [...password].length,
  lower: (password) => count(password, /[a-z]/g),
  upper: (password) => count(password, /[A-Z]/g),
  letters: (password) => count(password, /[A-Za-z]/g),
  digits: (password) => count(password, /[0-9]/g),
  special: (password) => count(password, /[^A-Za-z0-9]/g),
  sorts: (password) =>
    [/[a-z]/g, /[A-Z]/g, /[0-9]/g, /[^A-Za-z0-9]/g].filter((sort) => count(password, sort) > 0).length,
};

/** The rules that a password does not keep, such as `at least 3 digits`; it is not quoted. */
export function brokenRules(rules: PasswordRules, password: string): readonly string[] {
  return Object.entries(rules)
    .filter(([name, fewest]) => sortsOf[name as keyof PasswordRules](password) < fewest)
    .map(([name, fewest]) => ruleText(name as keyof PasswordRules, fewest));
}

/** `at least 8 characters, at least 2 digits`; `nothing` without a rule. */
export function rulesText(rules: PasswordRules): string {
  const asked = Object.entries(rules).filter(([, fewest]) => fewest > 0);
  return asked.map(([name, fewest]) => ruleText(name as keyof PasswordRules, fewest)).join(", ") || "nothing";
}

const names: Readonly<Record<keyof PasswordRules, string>> = {
  length: "characters",
  lower: "lower-case letters",
  upper: "upper-case letters",
  letters: "letters",
  digits: "digits",
  special: "special characters",
  sorts: "of the sorts lower case, upper case, digits and special",
};

function ruleText(name: keyof PasswordRules, fewest: number): string {
  return `at least ${fewest} ${names[name]}`;
}

function count(text: string, sort: RegExp): number {
  return text.match(sort)?.length ?? 0;
}
