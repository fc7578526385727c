import { Rule } from "../../rule";
import { buildVariablesNoCredentials } from "./build-variables-no-credentials";
import { containerVariablesNoCredentials } from "./container-variables-no-credentials";
import { documentNotPublic } from "./document-not-public";
import { outputsTagsNoCredentials } from "./outputs-tags-no-credentials";
import { parameterCustomerKey } from "./parameter-customer-key";
import { parameterSecure } from "./parameter-secure";
import { passwordsNotWritten } from "./passwords-not-written";
import { providerNoStaticKeys } from "./provider-no-static-keys";
import { secretsStaySecret } from "./secrets-stay-secret";
import { userDataNoCredentials } from "./user-data-no-credentials";

/** Rules about credentials that lie open: HC-01 to HC-06, SSM-01 to SSM-03, TAINT-01. */
export const credentialRules: readonly Rule[] = [
  containerVariablesNoCredentials,
  buildVariablesNoCredentials,
  userDataNoCredentials,
  providerNoStaticKeys,
  passwordsNotWritten,
  outputsTagsNoCredentials,
  parameterSecure,
  parameterCustomerKey,
  documentNotPublic,
  secretsStaySecret,
];
