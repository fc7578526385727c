import { AccountName, hasGlobal, MysqlAccount, MysqlState } from "./mysql-state";
import { MysqlFailure } from "./mysql-protocol";

/** A name between backticks. */
export const identifier = "`((?:[^`]|``)+)`";
const literal = "'((?:[^']|'')*)'";
/** An account as the driver writes it. */
export const accountPattern = `${identifier}@${identifier}`;
const accountClause = new RegExp(
  `^(?:${accountPattern}|(USER\\(\\)))(?: IDENTIFIED BY ${literal}(?: REPLACE ${literal})?( RETAIN CURRENT PASSWORD)?| (DISCARD OLD PASSWORD))?(?:, |(?= )|$)`,
);

/** A clause of one account in CREATE USER and ALTER USER. */
interface AccountChange {
  readonly name: AccountName;
  readonly password: string | undefined;
  readonly replace: string | undefined;
  readonly retain: boolean;
  readonly discard: boolean;
}

/** CREATE USER and ALTER USER: all of the accounts change, or none. */
export function changeAccounts(state: MysqlState, own: MysqlAccount, sql: string): void {
  const [, verb, list] = /^(CREATE|ALTER) USER (.*)$/s.exec(sql)!;
  const defaultRole = new RegExp(`^${accountPattern} DEFAULT ROLE (.*)$`).exec(list!);
  if (defaultRole) return setDefaultRoles(state, own, defaultRole);
  const { changes, rest } = splitAccounts(own, list!);
  const isOwn = changes.every(({ name }) => name.user === own.user && name.host === own.host);
  checkMay(own, isOwn && rest === "", changes);
  if (state.readOnly)
    throw new MysqlFailure(1290, "HY000", "The MySQL server is running with the --read-only option");
  for (const { name } of changes) if (verb === "ALTER") state.require(name, "ALTER USER");
  for (const change of changes) {
    const account = verb === "CREATE" ? state.create(change.name) : state.require(change.name, "ALTER USER");
    applyChange(state, account, change, isOwn && verb === "ALTER");
    applyOptions(account, rest);
  }
}

function splitAccounts(own: MysqlAccount, list: string): { changes: AccountChange[]; rest: string } {
  const changes: AccountChange[] = [];
  let rest = list;
  for (let part = accountClause.exec(rest); part; part = accountClause.exec(rest)) {
    const [whole, user, host, , password, replace, retain, discard] = part;
    const name = user === undefined ? own : { user: unquoted(user), host: unquoted(host!) };
    changes.push({
      ...{ name, password: unescaped(password), replace: unescaped(replace) },
      ...{ retain: retain !== undefined, discard: discard !== undefined },
    });
    rest = rest.slice(whole.length);
    if (!whole.endsWith(", ")) break;
  }
  if (changes.length === 0) throw syntaxError(list);
  return { changes, rest: rest.trim() };
}

function checkMay(own: MysqlAccount, isOwnPassword: boolean, changes: readonly AccountChange[]): void {
  const isDual = changes.some(({ retain, discard }) => retain || discard);
  const needed = isOwnPassword
    ? isDual
      ? ["APPLICATION_PASSWORD_ADMIN", "CREATE USER"]
      : []
    : ["CREATE USER"];
  if (needed.length > 0 && !hasGlobal(own, ...needed)) throw accessDenied(needed[0]!);
  if (!isOwnPassword && changes.some(({ replace }) => replace !== undefined))
    throw new MysqlFailure(
      3893,
      "HY000",
      "Do not specify the current password while changing it for other users.",
    );
}

function applyChange(state: MysqlState, account: MysqlAccount, change: AccountChange, isOwn: boolean): void {
  const { password, replace, retain, discard } = change;
  if (discard) account.second = undefined;
  if (password === undefined) return;
  if (replace !== undefined && replace !== account.password)
    throw new MysqlFailure(3891, "HY000", "Incorrect current password. Specify the correct password.");
  if (isOwn && replace === undefined && account.options.get("PASSWORD REQUIRE CURRENT") === "Y")
    throw new MysqlFailure(3892, "HY000", "Current password needs to be specified in the REPLACE clause.");
  state.setPassword(account, password, retain);
}

const optionPatterns: readonly RegExp[] = [
  /^(REQUIRE) (NONE|SSL|X509)/,
  /^WITH /,
  /^(MAX_[A-Z_]+) (\d+)/,
  /^(PASSWORD EXPIRE) (DEFAULT|NEVER|INTERVAL \d+ DAY)/,
  /^(PASSWORD HISTORY) (DEFAULT|\d+)/,
  /^(PASSWORD REUSE INTERVAL) (DEFAULT|\d+ DAY)/,
  /^(PASSWORD REQUIRE CURRENT)( DEFAULT| OPTIONAL)?/,
  /^(FAILED_LOGIN_ATTEMPTS) (\d+)/,
  /^(PASSWORD_LOCK_TIME) (UNBOUNDED|\d+)/,
  /^ACCOUNT (LOCK|UNLOCK)/,
];

function applyOptions(account: MysqlAccount, clauses: string): void {
  let rest = clauses;
  while (rest !== "") {
    const pattern = optionPatterns.find((one) => one.test(rest));
    if (!pattern) throw syntaxError(rest);
    const [whole, name, value] = pattern.exec(rest)!;
    if (whole.startsWith("ACCOUNT ")) account.locked = name === "LOCK";
    else if (name === "PASSWORD REQUIRE CURRENT") setOption(account, name, requireCurrent(value));
    else if (name) setOption(account, name, ["DEFAULT", "NONE", "0"].includes(value!) ? undefined : value);
    rest = rest.slice(whole.length).trim();
  }
}

function requireCurrent(value: string | undefined): string | undefined {
  if (value === undefined) return "Y";
  return value.trim() === "OPTIONAL" ? "N" : undefined;
}

function setOption(account: MysqlAccount, name: string, value: string | undefined): void {
  if (value === undefined) account.options.delete(name);
  else account.options.set(name, value);
}

function setDefaultRoles(state: MysqlState, own: MysqlAccount, match: RegExpExecArray): void {
  if (!hasGlobal(own, "CREATE USER", "ROLE_ADMIN")) throw accessDenied("CREATE USER");
  const account = state.require({ user: unquoted(match[1]!), host: unquoted(match[2]!) }, "ALTER USER");
  const roles = match[3] === "NONE" ? [] : match[3]!.split(", ").map((role) => role.replaceAll("`", ""));
  const missing = roles.find((role) => !account.roles.has(role));
  if (missing) throw new MysqlFailure(3530, "HY000", `${missing} is not granted to the account`);
  account.defaultRoles = roles;
}

/** ER_SPECIFIC_ACCESS_DENIED_ERROR. */
export function accessDenied(privilege: string): MysqlFailure {
  return new MysqlFailure(
    1227,
    "42000",
    `Access denied; you need (at least one of) the ${privilege} privilege(s)`,
  );
}

/** ER_PARSE_ERROR. */
export function syntaxError(near: string): MysqlFailure {
  return new MysqlFailure(1064, "42000", `You have an error in your SQL syntax near '${near.slice(0, 80)}'`);
}

/** A name between backticks, as it is. */
export function unquoted(quoted: string): string {
  return quoted.replaceAll("``", "`");
}

/** A literal of a session with NO_BACKSLASH_ESCAPES, as it is. */
export function unescaped(quoted: string | undefined): string | undefined {
  return quoted?.replaceAll("''", "'");
}
