import {
  activeDirectoryDriver,
  connectByLdapts,
  openLdapDriver,
} from "../../../../rotation-lambdas/drivers/ldap";
import {
  AdOptions,
  startActiveDirectoryFake,
} from "../../../../rotation-proof/servers/active-directory-fake";
import { startOpenLdap } from "../../../../rotation-proof/servers/openldap";
import { connectsAsAsked } from "../../../support/connection-conformance";

describe("OpenLDAP", () => {
  connectsAsAsked(
    (tls) => openLdapDriver(connectByLdapts(tls)),
    async () => {
      const good = await startOpenLdap();
      const otherHost = await startOpenLdap({ certificate: (made) => made.otherHost });
      const selfSigned = await startOpenLdap({ certificate: (made) => made.selfSigned });
      return { good, otherHost, selfSigned, login: good.admin };
    },
  );
});

describe("Active Directory", () => {
  const login = { username: "admin@corp.example", password: "administrator-password-1" };
  const start = async (options: AdOptions = {}) => {
    const fake = await startActiveDirectoryFake(options);
    fake.directory.addUser("admin", login.password);
    return fake;
  };
  connectsAsAsked(
    (tls) => activeDirectoryDriver(connectByLdapts(tls), tls.mode !== "disable"),
    async () => ({
      good: await start(),
      otherHost: await start({ certificate: (made) => made.otherHost }),
      selfSigned: await start({ certificate: (made) => made.selfSigned }),
      login,
    }),
    false,
  );
});
