import { Client, ResultCodeError } from "ldapts";
import { activeDirectoryDriver, connectByLdapts } from "../../rotation-lambdas/drivers/ldap";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../rotation-lambdas/strategies/superuser-managed";
import { ActiveDirectoryFake, startActiveDirectoryFake } from "../servers/active-directory-fake";
import { CaseOptions, Subject, SubjectCase } from "../subject";

const strategies = { "single-user": singleUser, "superuser-managed": superuserManaged } as const;

type Name = keyof typeof strategies;

/** Users of Active Directory, by each strategy that it allows. */
export const activeDirectorySubjects: readonly Subject[] = (Object.keys(strategies) as Name[]).map(
  (strategy) => ({
    ...{ engine: "active-directory", strategy, promise: "current-or-pending" },
    async start() {
      const fake = await startActiveDirectoryFake();
      fake.directory.addUser("administrator", "administrator-password-1", true);
      return {
        testedAgainst: "a fake of Active Directory's passwords, over LDAPS",
        newCase: (name, options) => newCase(fake, strategy, name, options),
        stop: () => fake.stop(),
      };
    },
  }),
);

async function newCase(
  fake: ActiveDirectoryFake,
  strategy: Name,
  name: string,
  { secrets }: CaseOptions,
): Promise<SubjectCase> {
  const { host, port, caPem } = fake;
  const server = { engine: "active-directory", host, port };
  const admin = { username: "CORP\\administrator", password: "administrator-password-1" };
  const masterarn = await secrets.create(`${name}/admin`, { ...server, ...admin });
  const { userPrincipalName: username, password } = fake.directory.addUser(name, "first-password-1");
  const byAdmin = strategy === "superuser-managed" ? { masterarn } : {};
  const secretArn = await secrets.create(`${name}/user`, { ...server, username, password, ...byAdmin });
  const tls = { caPem };
  const connect = connectByLdapts(tls);
  return {
    secretArn,
    settings: { strategy, tls },
    strategy: (recorder) => strategies[strategy](activeDirectoryDriver(recorder.wrap("ldap", connect), true)),
    logIn: (text) => logIn(fake, JSON.parse(text) as { username: string; password: string }),
    orphans: async () => {
      const own = fake.directory.users.filter(({ sAMAccountName }) => sAMAccountName.startsWith(name));
      return own.filter(({ sAMAccountName }) => sAMAccountName !== name).map(({ dn }) => `user ${dn}`);
    },
  };
}

async function logIn(
  { plainPort }: ActiveDirectoryFake,
  { username, password }: { username: string; password: string },
): Promise<boolean> {
  const client = new Client({ url: `ldap://127.0.0.1:${plainPort}`, strictDN: false });
  try {
    await client.bind(username, password);
    return true;
  } catch (error) {
    if (error instanceof ResultCodeError && error.code === 49) return false;
    throw error;
  } finally {
    await client.unbind();
  }
}
