import { RequestPrincipal } from "../../../iam";
import { principalKey, roleByArn, RoleRecord, UserRecord, users } from "../iam/records";
import { SessionRecord } from "../sts/records";
import { Store } from "./store";

/** Who makes a request, with what the context keys and the policies need of them. */
export interface Caller {
  readonly principal: RequestPrincipal;
  /** Empty for anonymous callers and AWS services. */
  readonly accountId: string;
  /** `aws:userid`. */
  readonly userId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly accessKeyId?: string;
  readonly user?: UserRecord;
  readonly role?: RoleRecord;
  readonly session?: SessionRecord;
}

/** The caller behind a principal that is given as such, without credentials. */
export function callerOf(principal: RequestPrincipal, store: Store): Caller {
  switch (principal.kind) {
    case "anonymous":
      return { principal, accountId: "", userId: "anonymous", tags: {} };
    case "service":
      return { principal, accountId: "", userId: principal.service, tags: {} };
    case "federated":
      return { principal, accountId: "", userId: principal.provider, tags: {} };
    case "root":
      return { principal, accountId: principal.accountId, userId: principal.accountId, tags: {} };
    case "user": {
      const name = principal.arn.slice(principal.arn.lastIndexOf("/") + 1);
      const user = users(store).get(principalKey(principal.accountId, name));
      return {
        principal,
        accountId: principal.accountId,
        userId: user?.uniqueId ?? "AIDAUNKNOWN",
        tags: user?.tags ?? {},
        user,
      };
    }
    case "role-session": {
      const role = roleByArn(store, principal.roleArn);
      const name = principal.sessionArn.slice(principal.sessionArn.lastIndexOf("/") + 1);
      const userId = `${role?.uniqueId ?? "AROAUNKNOWN"}:${name}`;
      return { principal, accountId: principal.accountId, userId, tags: role?.tags ?? {}, role };
    }
  }
}

/** The caller who signed with a user's long-term key. */
export function userCaller(user: UserRecord, accessKeyId: string): Caller {
  return {
    principal: { kind: "user", accountId: user.accountId, arn: user.arn },
    accountId: user.accountId,
    userId: user.uniqueId,
    tags: user.tags,
    accessKeyId,
    user,
  };
}

/** The caller who signed with a session's temporary key. A role made anew under the same name is another role. */
export function sessionCaller(session: SessionRecord, store: Store): Caller {
  const role = roleByArn(store, session.roleArn);
  const { accountId, roleArn, sessionArn } = session;
  return {
    principal: { kind: "role-session", accountId, roleArn, sessionArn, ...serviceLinked(roleArn) },
    accountId,
    userId: `${session.roleId}:${session.sessionName}`,
    tags: { ...role?.tags, ...session.tags },
    accessKeyId: session.accessKeyId,
    role: role?.uniqueId === session.roleId ? role : undefined,
    session,
  };
}

/** The ARN AWS shows for a principal; a service's host name for services. */
export function callerArn({ principal }: Caller, partition: string): string {
  switch (principal.kind) {
    case "anonymous":
      return "anonymous";
    case "service":
      return principal.service;
    case "federated":
      return principal.provider;
    case "root":
      return `arn:${partition}:iam::${principal.accountId}:root`;
    case "user":
      return principal.arn;
    case "role-session":
      return principal.sessionArn;
  }
}

function serviceLinked(roleArn: string): { serviceLinked?: true } {
  return roleArn.includes(":role/aws-service-role/") ? { serviceLinked: true } : {};
}
