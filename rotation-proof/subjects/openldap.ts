import { connectByLdapts, openLdapDriver } from "../../rotation-lambdas/drivers/ldap";
import { dualPassword } from "../../rotation-lambdas/strategies/dual-password";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../rotation-lambdas/strategies/superuser-managed";
import { OpenLdapServer, startOpenLdap } from "../servers/openldap";
import { CaseOptions, Subject, SubjectCase } from "../subject";

const strategies = {
  "single-user": { make: singleUser, promise: "current-or-pending" },
  "dual-password": { make: dualPassword, promise: "current" },
  "superuser-managed": { make: superuserManaged, promise: "current-or-pending" },
} as const;

type Name = keyof typeof strategies;

/** Entries of OpenLDAP, by each strategy that it allows. */
export const openLdapSubjects: readonly Subject[] = (Object.keys(strategies) as Name[]).map((strategy) => ({
  ...{ engine: "openldap", strategy, promise: strategies[strategy].promise, canSeed: true },
  async start() {
    const server = await startOpenLdap();
    return {
      testedAgainst: `OpenLDAP ${server.version}, over LDAPS`,
      newCase: (name, options) => newCase(server, strategy, name, options),
      stop: () => server.stop(),
    };
  },
}));

async function newCase(
  server: OpenLdapServer,
  strategy: Name,
  uid: string,
  { secrets, isSeeded }: CaseOptions,
): Promise<SubjectCase> {
  const { host, port, admin } = server;
  const masterarn = await secrets.create(`${uid}/admin`, { engine: "openldap", host, port, ...admin });
  const password = "first-password-1";
  const username = isSeeded ? `uid=${uid},${server.base}` : await server.addUser(uid, password);
  const byAdmin = isSeeded || strategy === "superuser-managed" ? { masterarn } : {};
  const place = { engine: "openldap", host, port, username, ...byAdmin };
  const secretArn = await secrets.create(`${uid}/user`, isSeeded ? undefined : { ...place, password });
  const tls = { caPem: server.caPem };
  return {
    secretArn,
    settings: { strategy, tls, ...(isSeeded ? { seed: place } : {}) },
    strategy: (recorder) =>
      strategies[strategy].make(openLdapDriver(recorder.wrap("ldap", connectByLdapts(tls)))),
    logIn: async (text) => {
      const login = JSON.parse(text) as { username: string; password: string };
      return server.logIn(login.username, login.password);
    },
    orphans: () => orphans(server, uid),
    serverLog: async () => server.log(),
  };
}

/** Entries of this case other than its one, and second values of its password. */
async function orphans(server: OpenLdapServer, uid: string): Promise<readonly string[]> {
  const client = await server.adminClient();
  try {
    const { searchEntries } = await client.search(server.base, { attributes: ["uid", "userPassword"] });
    const own = searchEntries.filter(({ dn }) => dn.startsWith(`uid=${uid}`));
    const strangers = own
      .filter(({ dn }) => dn !== `uid=${uid},${server.base}`)
      .map(({ dn }) => `entry ${dn}`);
    const passwords = own.flatMap(({ userPassword: values }) =>
      Array.isArray(values) ? values.map(String) : [],
    );
    return [...strangers, ...(passwords.length > 1 ? [`${passwords.length} passwords of ${uid}`] : [])];
  } finally {
    await client.unbind();
  }
}
