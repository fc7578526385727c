import { Rule } from "../../rule";
import { noAdministratorPolicy } from "./no-administrator-policy";
import { noAllowWithNot } from "./no-allow-with-not";
import { noPrivilegeEscalation } from "./no-privilege-escalation";
import { noServiceWideActions } from "./no-service-wide-actions";
import { noStandingUserAccess } from "./no-standing-user-access";
import { noUncontrolledExposure } from "./no-uncontrolled-exposure";
import { noWildcardResource } from "./no-wildcard-resource";
import { passRoleScoped } from "./pass-role-scoped";
import { trustPolicyNarrow } from "./trust-policy-narrow";

/** Rules about IAM identities: IAM-01 to IAM-09. */
export const identityRules: readonly Rule[] = [
  noAdministratorPolicy,
  noServiceWideActions,
  noWildcardResource,
  noAllowWithNot,
  passRoleScoped,
  noPrivilegeEscalation,
  noUncontrolledExposure,
  trustPolicyNarrow,
  noStandingUserAccess,
];
