import { TwinAdministration, TwinPair } from "../../driver";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { checkPlugins } from "./accounts";
import { MysqlClient } from "./client";
import { MysqlDialect, StoredAccount } from "./dialect";
import { withNamedLock } from "./named-lock";
import { Account, alterAccounts, quoteAccount } from "./quoting";
import { AccountRights, differingRows, equalizingStatements } from "./rights";

/**
 * Which of two users is the original, whose rights the other one is given. Each has one account for every host from
 * which the original may log in.
 */
interface Twins {
  readonly original: readonly StoredAccount[];
  readonly clone: readonly StoredAccount[];
  readonly originalName: string;
  readonly cloneName: string;
}

/**
 * Alternating users in MySQL and MariaDB. User management has no transactions there, so the clone is made locked and
 * without a password, and its password is set last, when the catalogues have shown the two equal: a clone that lets
 * anybody in is a whole one.
 *
 * Compared are all rows of the catalogue for each account: global and dynamic privileges, databases, tables, columns,
 * routines, proxies, roles with their admin option, default roles, TLS demands, resource limits, expiry, partial revokes.
 * Not equal, and not made so: `DEFINER` of what the clone creates, and rules of audit or firewall plugins that name a user.
 */
export function mysqlTwins(
  client: MysqlClient,
  dialect: MysqlDialect,
  budget: TimeBudget,
): TwinAdministration {
  return {
    async differences(pair) {
      try {
        const twins = await readTwins(client, dialect, pair);
        if (twins.clone.length === 0) return [];
        const unfinished = twins.clone.filter(({ isUnfinished }) => isUnfinished).map(quoteAccount);
        const rights = await rightsDifferences(client, dialect, twins);
        return [...unfinished.map((account) => `${account} is locked`), ...rights];
      } catch (error) {
        if (error instanceof RotationError && error.code === "permission") return "hidden";
        throw error;
      }
    },
    alternate: (pair, password) =>
      withNamedLock(client, budget, [pair.current, pair.next], () =>
        alternate(client, dialect, pair, password),
      ),
  };
}

async function alternate(
  client: MysqlClient,
  dialect: MysqlDialect,
  pair: TwinPair,
  password: string,
): Promise<void> {
  const before = await readTwins(client, dialect, pair);
  await checkMayBeTwinned(client, dialect, before);
  for (const account of missingClones(before))
    await client.query(`CREATE USER ${quoteAccount(account)} ACCOUNT LOCK`);
  const twins = await readTwins(client, dialect, pair);
  await equalize(client, dialect, twins);
  // Taking away the right to pass on a role takes the role in MySQL; the second look gives it back.
  if ((await rightsDifferences(client, dialect, twins)).length > 0) await equalize(client, dialect, twins);
  const differences = await rightsDifferences(client, dialect, twins);
  if (differences.length > 0) {
    const what = differences.join("; ");
    throw new RotationError("conflict", `mysql: the two users cannot be made equal: they differ in ${what}`);
  }
  const next = pair.next === twins.cloneName ? twins.clone : twins.original;
  const unlock = next.some(({ isUnfinished }) => isUnfinished) ? " ACCOUNT UNLOCK" : "";
  await client.query(alterAccounts(next, dialect.identifiedBy(password)) + unlock);
}

async function readTwins(client: MysqlClient, dialect: MysqlDialect, pair: TwinPair): Promise<Twins> {
  const [shorter, longer] =
    pair.current.length < pair.next.length ? [pair.current, pair.next] : [pair.next, pair.current];
  const [ofShorter, ofLonger] = [
    await dialect.readAccounts(client, shorter),
    await dialect.readAccounts(client, longer),
  ];
  // A secret may begin with the user that has the longer name; what a rotation that stopped has made is the clone.
  const isReversed = ofShorter.every(({ isUnfinished }) => isUnfinished) && ofLonger.length > 0;
  const twins = isReversed
    ? { original: ofLonger, clone: ofShorter, originalName: longer, cloneName: shorter }
    : { original: ofShorter, clone: ofLonger, originalName: shorter, cloneName: longer };
  if (twins.original.length > 0) return twins;
  throw new RotationError("conflict", `mysql: user ${pair.current} does not exist`);
}

function missingClones({ original, clone, cloneName }: Twins): readonly Account[] {
  const hosts = clone.map(({ host }) => host);
  return original.filter(({ host }) => !hosts.includes(host)).map(({ host }) => ({ user: cloneName, host }));
}

async function checkMayBeTwinned(client: MysqlClient, dialect: MysqlDialect, twins: Twins): Promise<void> {
  const all = [...twins.original, ...twins.clone];
  if (all.some(({ isPowerful }) => isPowerful)) {
    const what = `${twins.originalName} or its clone may change users: rotate an administrator as a single user`;
    throw new RotationError("policy-refused", `mysql: ${what}`);
  }
  checkPlugins(dialect, all);
  const hosts = twins.original.map(({ host }) => host);
  const stray = twins.clone.find(({ host }) => !hosts.includes(host));
  if (stray) {
    const what = `${quoteAccount(stray)} exists, but ${twins.originalName} may not log in from there`;
    throw new RotationError("conflict", `mysql: ${what}: drop the one or create the other`);
  }
  await dialect.checkPasswordPolicy(client);
}

/** The original gets what the server gave the clone as a creator of routines; the clone then gets all the original has. */
async function equalize(client: MysqlClient, dialect: MysqlDialect, twins: Twins): Promise<void> {
  for (const [account, cloneAccount] of pairsOf(twins)) {
    const original = await dialect.readRights(client, account);
    const clone = await dialect.readRights(client, cloneAccount);
    const created = clone.privileges.filter(({ isCreators }) => isCreators);
    const wanted = { ...original, privileges: [...original.privileges, ...created] };
    for (const statement of equalizingStatements(wanted, original)) await client.query(statement);
    for (const statement of equalizingStatements(wanted, clone)) await client.query(statement);
  }
}

async function rightsDifferences(
  client: MysqlClient,
  dialect: MysqlDialect,
  twins: Twins,
): Promise<readonly string[]> {
  const hosts = new Set([...twins.original, ...twins.clone].map(({ host }) => host));
  const pairs = pairsOf(twins);
  if (pairs.length < hosts.size) return ["the hosts from which they may log in"];
  const result: string[] = [];
  for (const [account, cloneAccount] of pairs) {
    const [one, other]: [AccountRights, AccountRights] = [
      await dialect.readRights(client, account),
      await dialect.readRights(client, cloneAccount),
    ];
    result.push(...differingRows(one, other).map((row) => `${row} from host ${account.host}`));
  }
  return result;
}

function pairsOf({ original, clone }: Twins): readonly (readonly [Account, Account])[] {
  return original.flatMap((account) => {
    const twin = clone.find(({ host }) => host === account.host);
    return twin ? [[account, twin] as const] : [];
  });
}
