import { connectByLdapts, openLdapDriver } from "../../rotation-lambdas/drivers/ldap";
import { OpenLdapServer, startOpenLdap } from "../servers/openldap";
import { Subject } from "../subject";
import { databaseSubject, ProofDatabase } from "./database-subject";

/** Entries of OpenLDAP, by each strategy that it allows. */
export const openLdapSubjects: readonly Subject[] = (
  ["single-user", "dual-password", "superuser-managed"] as const
).map((strategy) => databaseSubject("openldap", strategy, startProofOpenLdap));

async function startProofOpenLdap(): Promise<ProofDatabase> {
  const server = await startOpenLdap();
  const { version, host, port, caPem, admin, base } = server;
  const connect = connectByLdapts({ caPem });
  return {
    testedAgainst: `OpenLDAP ${version}, over LDAPS`,
    place: { engine: "openldap", host, port },
    ...{ admin, tls: { caPem }, withoutAdmin: ["single-user", "dual-password"] },
    userOf: (name) => `uid=${name},${base}`,
    driver: (recorder) => openLdapDriver(recorder.wrap("ldap", connect)),
    createUser: async (dn, password) => void (await server.addUser(/^uid=([^,]+),/.exec(dn)![1]!, password)),
    logIn: (username, password) => server.logIn(username, password),
    usersLike: async () => [...(await passwordsBelow(server)).keys()],
    passwordsOf: async (dn) => (await passwordsBelow(server)).get(dn)!,
    newLog: async () => server.newLog(),
    stop: () => server.stop(),
  };
}

/** Entry -> how many values its password has. */
async function passwordsBelow(server: OpenLdapServer): Promise<ReadonlyMap<string, number>> {
  const client = await server.adminClient();
  try {
    const { searchEntries } = await client.search(server.base, { attributes: ["userPassword"] });
    return new Map(
      searchEntries.map(({ dn, userPassword }) => [
        dn,
        Array.isArray(userPassword) ? userPassword.length : 1,
      ]),
    );
  } finally {
    await client.unbind();
  }
}
