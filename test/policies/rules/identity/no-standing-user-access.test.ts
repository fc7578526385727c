import { noStandingUserAccess } from "../../../../policies/rules/identity/no-standing-user-access";
import { Case, testRule } from "../../support/cases";
import { allow, role, worker } from "../../support/identity";
import { policy, resource, unknownArray, unknownText } from "../../support/stack";

const groups = "Give the permission to a group or, better, to a role that is assumed.";
const managed = "Attach a managed policy instead.";
const document = policy(allow("s3:GetObject"));
const attachment = (props: Record<string, unknown>) =>
  resource("policyAttachment", "all", { props: { policyArn: "arn:p", ...props } });
const key = (props: Record<string, unknown> = {}) => [
  resource("accessKey", "old", { props: { user: "ann", ...props } }),
];
const keyFound: Case["says"] = [
  {
    on: "old",
    violation: 'AccessKey "old" is a credential that does not expire. Let the workload take a role.',
  },
];

testRule(noStandingUserAccess, [
  { name: "an access key", stack: key(), says: keyFound },
  { name: "an active access key", stack: key({ status: "Active" }), says: keyFound },
  { name: "an access key that is switched off", stack: key({ status: "Inactive" }), says: [] },
  {
    name: "an access key whose status is not known",
    stack: key({ status: unknownText }),
    says: [
      { on: "old", undecided: 'whether AccessKey "old" is active is not known / the value of `status`' },
    ],
  },
  { name: "an access key, when told", stack: key(), config: { forbidAccessKeys: false }, says: [] },
  { name: "a user without anything", stack: [resource("user", "ann")], says: [] },
  {
    name: "a policy written into a user",
    stack: [resource("userPolicy", "own", { props: { user: "ann", policy: document } })],
    says: [{ on: "own", violation: `UserPolicy "own" writes a policy into a user. ${managed}` }],
  },
  {
    name: "a policy attached to a user",
    stack: [resource("userPolicyAttachment", "one", { props: { user: "ann", policyArn: "arn:p" } })],
    says: [{ on: "one", violation: `UserPolicyAttachment "one" attaches a policy to a user. ${groups}` }],
  },
  {
    name: "the policies of a user as a list",
    stack: [
      resource("userPolicyAttachmentsExclusive", "list", {
        props: { userName: "ann", policyArns: ["arn:p"] },
      }),
    ],
    says: [
      {
        on: "list",
        violation: `UserPolicyAttachmentsExclusive "list" attaches a policy to a user. ${groups}`,
      },
    ],
  },
  {
    name: "an attachment with users",
    stack: [attachment({ users: ["ann"], roles: ["a"] })],
    says: [{ on: "all", violation: `PolicyAttachment "all" attaches a policy to a user. ${groups}` }],
  },
  {
    name: "an attachment with no user",
    stack: [attachment({ users: [], roles: ["a"], groups: ["b"] })],
    says: [],
  },
  { name: "an attachment that says nothing of users", stack: [attachment({ roles: ["a"] })], says: [] },
  {
    name: "an attachment whose users are not known",
    stack: [resource("policyAttachment", "all", { props: { users: unknownArray }, from: { users: [] } })],
    says: [
      { on: "all", undecided: 'the users of PolicyAttachment "all" are not known / the value of `users`' },
    ],
  },
  {
    name: "policies of users, when told",
    stack: [resource("userPolicy", "own"), attachment({ users: ["ann"] })],
    config: { forbidUserPolicies: false },
    says: [],
  },
  {
    name: "policies of groups and roles",
    stack: [
      ...worker(allow("s3:GetObject")),
      resource("groupPolicy", "ops", { props: { group: "ops", policy: document } }),
      resource("groupPolicyAttachment", "ops", { props: { group: "ops", policyArn: "arn:p" } }),
      role("own", { inlinePolicies: [{ name: "a", policy: document }] }),
    ],
    says: [],
  },
  {
    name: "policies written into groups, when told",
    stack: [resource("groupPolicy", "ops", { props: { group: "ops", policy: document } })],
    config: { forbidGroupInlinePolicies: true },
    says: [{ on: "ops", violation: `GroupPolicy "ops" writes a policy into a group. ${managed}` }],
  },
  {
    name: "policies written into roles, when told",
    stack: [
      role("own", { inlinePolicies: [{ name: "a", policy: document }] }),
      role("none", { inlinePolicies: [] }),
      ...worker(allow("s3:GetObject")),
    ],
    config: { forbidRoleInlinePolicies: true },
    says: [
      { on: "own", violation: `Role "own" writes a policy into a role. ${managed}` },
      { on: "rights", violation: `RolePolicy "rights" writes a policy into a role. ${managed}` },
    ],
  },
]);
