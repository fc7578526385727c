export { activeDirectoryDriver } from "./active-directory";
export { connectByLdapts, ConnectLdap, LdapClient } from "./client";
export { openLdapDriver } from "./openldap";
