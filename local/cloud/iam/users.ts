import { Call, Operation } from "../core/operation";
import { Infer, optional, structure } from "../core/shape";
import { deleteConflict, entityAlreadyExists } from "./errors";
import { forgetPrincipal } from "./forget-principal";
import { page } from "./page";
import { userAnswer } from "./principal-answers";
import { findPrincipal, onAccount, onPrincipal, USER } from "./principal-kind";
import { accessKeys, principalKey, UserRecord, users } from "./records";
import { pageMembers, path, policyArn, tags, userName } from "./shapes";
import { requestTags, withTags } from "./tags";
import { uniqueId } from "./unique-id";

const createUserInput = structure({
  UserName: userName,
  Path: path,
  PermissionsBoundary: optional(policyArn),
  Tags: optional(tags),
});

const createUser: Operation<Infer<typeof createUserInput>> = {
  name: "CreateUser",
  input: createUserInput,
  authorize: ({ UserName, Tags }, call) => onPrincipal(USER, "CreateUser", UserName, call, requestTags(Tags)),
  run({ UserName: name, Path: userPath = "/", PermissionsBoundary, Tags = [] }, call) {
    const key = principalKey(call.accountId, name);
    if (users(call.store).has(key)) throw entityAlreadyExists(`User with name ${name} already exists.`);
    const record: UserRecord = {
      accountId: call.accountId,
      name,
      path: userPath,
      uniqueId: uniqueId("AIDA"),
      arn: `arn:${call.partition}:iam::${call.accountId}:user${userPath}${name}`,
      createdAt: call.clock.now(),
      tags: withTags({}, Tags),
      inlinePolicies: {},
      attachedPolicyArns: [],
      permissionsBoundaryArn: PermissionsBoundary,
    };
    users(call.store).put(key, record);
    return { User: userAnswer(record) };
  },
};

interface OptionalUser {
  readonly UserName?: string;
}

const getUser: Operation<OptionalUser> = {
  name: "GetUser",
  input: structure({ UserName: optional(userName) }),
  authorize: (request, call) => onPrincipal(USER, "GetUser", nameOrCaller(request, call), call),
  run: (request, call) => ({ User: userAnswer(findPrincipal(USER, nameOrCaller(request, call), call)) }),
};

const listUsers: Operation = {
  name: "ListUsers",
  input: structure(pageMembers),
  authorize: (_input, call) => onAccount("ListUsers", call),
  run(request, call) {
    const own = [...users(call.store).values()].filter(({ accountId }) => accountId === call.accountId);
    own.sort((a, b) => (a.name < b.name ? -1 : 1));
    return page(
      "Users",
      own.map((user) => userAnswer(user, "listed")),
      request,
    );
  },
};

const deleteUser: Operation<{ readonly UserName: string }> = {
  name: "DeleteUser",
  input: structure({ UserName: userName }),
  authorize: ({ UserName }, call) => onPrincipal(USER, "DeleteUser", UserName, call),
  run({ UserName }, call) {
    const user = findPrincipal(USER, UserName, call);
    const hasKeys = [...accessKeys(call.store).values()].some(
      (key) => key.accountId === call.accountId && key.userName === user.name,
    );
    if (hasKeys) throw deleteConflict("Cannot delete entity, must delete access keys first.");
    if (user.attachedPolicyArns.length > 0) {
      throw deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    if (Object.keys(user.inlinePolicies).length > 0) {
      throw deleteConflict("Cannot delete entity, must delete policies first.");
    }
    users(call.store).delete(principalKey(call.accountId, UserName));
    forgetPrincipal(user, call.store);
  },
};

/** The user a request is about: the caller where it names none. */
export function nameOrCaller({ UserName }: OptionalUser, call: Call): string {
  return UserName ?? call.callerArn.slice(call.callerArn.lastIndexOf("/") + 1);
}

export const userOperations: readonly Operation[] = [createUser, getUser, listUsers, deleteUser];
