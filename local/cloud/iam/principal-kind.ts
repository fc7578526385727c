import { Authorization, Call } from "../core/operation";
import { Shape } from "../core/shape";
import { Store, Table } from "../core/store";
import { noSuchEntity } from "./errors";
import { PrincipalRecord, principalKey, roles, users } from "./records";
import { roleName, userName } from "./shapes";
import { resourceTags } from "./tags";

/** What differs between the operations on users and those on roles. */
export interface PrincipalKind {
  /** As in operations' names. */
  readonly noun: "User" | "Role";
  readonly word: "user" | "role";
  readonly nameMember: "UserName" | "RoleName";
  readonly nameShape: Shape<string>;
  /** Sum of the inline policies' characters. */
  readonly inlineLimit: number;
  table(store: Store): Table<PrincipalRecord>;
}

export const USER: PrincipalKind = {
  noun: "User",
  word: "user",
  nameMember: "UserName",
  nameShape: userName,
  inlineLimit: 2_048,
  table: users,
};

export const ROLE: PrincipalKind = {
  noun: "Role",
  word: "role",
  nameMember: "RoleName",
  nameShape: roleName,
  inlineLimit: 10_240,
  table: (store) => roles(store) as Table<PrincipalRecord>,
};

/** The name that a request gives for the principal. */
export function nameIn(kind: PrincipalKind, input: object): string {
  return (input as Record<string, string>)[kind.nameMember]!;
}

/** @throws ApiError NoSuchEntity */
export function findPrincipal(kind: PrincipalKind, name: string, call: Call): PrincipalRecord {
  const record = kind.table(call.store).get(principalKey(call.accountId, name));
  if (!record) throw noSuchEntity(`The ${kind.word} with name ${name} cannot be found.`);
  return record;
}

/** Replaces a principal's record by one with some members changed. */
export function changePrincipal<R extends PrincipalRecord>(
  kind: PrincipalKind,
  record: PrincipalRecord,
  changes: Partial<R>,
  call: Call,
): void {
  kind.table(call.store).put(principalKey(record.accountId, record.name), { ...record, ...changes });
}

/** What an operation on one user or role needs. */
export function onPrincipal(
  kind: PrincipalKind,
  action: string,
  name: string,
  call: Call,
  context: Authorization["context"] = {},
): readonly Authorization[] {
  const record = kind.table(call.store).get(principalKey(call.accountId, name));
  const arn = record?.arn ?? `arn:${call.partition}:iam::${call.accountId}:${kind.word}/${name}`;
  const boundary = record?.permissionsBoundaryArn;
  return [
    {
      action: `iam:${action}`,
      resource: { arn, accountId: call.accountId },
      context: {
        ...resourceTags(record?.tags),
        ...(boundary !== undefined && { "iam:permissionsboundary": boundary }),
        ...context,
      },
    },
  ];
}

/** What an operation on the whole account needs. */
export function onAccount(action: string, call: Call): readonly Authorization[] {
  return [{ action: `iam:${action}`, resource: { arn: "*", accountId: call.accountId } }];
}
