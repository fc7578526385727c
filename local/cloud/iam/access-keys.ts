import { Call, Operation } from "../core/operation";
import { Infer, optional, string, structure } from "../core/shape";
import { limitExceeded, noSuchEntity } from "./errors";
import { page } from "./page";
import { findPrincipal, onPrincipal, USER } from "./principal-kind";
import { AccessKeyRecord, accessKeys } from "./records";
import { pageMembers, userName } from "./shapes";
import { newSecretAccessKey, uniqueId } from "./unique-id";
import { nameOrCaller } from "./users";

const MAX_KEYS = 2;
const keyId = string({ min: 16, max: 128, pattern: /[\w]+/ });

const createAccessKey: Operation<{ readonly UserName?: string }> = {
  name: "CreateAccessKey",
  input: structure({ UserName: optional(userName) }),
  authorize: (request, call) => onPrincipal(USER, "CreateAccessKey", nameOrCaller(request, call), call),
  run(request, call) {
    const user = findPrincipal(USER, nameOrCaller(request, call), call);
    if (keysOf(user.name, call).length >= MAX_KEYS) {
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${MAX_KEYS}`);
    }
    const secret = newSecretAccessKey();
    const record: AccessKeyRecord = {
      accessKeyId: uniqueId("AKIA"),
      accountId: call.accountId,
      userName: user.name,
      sealedSecret: call.sealer.seal(secret),
      isActive: true,
      createdAt: call.clock.now(),
    };
    accessKeys(call.store).put(record.accessKeyId, record);
    return { AccessKey: { ...keyAnswer(record), SecretAccessKey: secret } };
  },
};

const listInput = structure({ UserName: optional(userName), ...pageMembers });

const listAccessKeys: Operation<Infer<typeof listInput>> = {
  name: "ListAccessKeys",
  input: listInput,
  authorize: (request, call) => onPrincipal(USER, "ListAccessKeys", nameOrCaller(request, call), call),
  run(request, call) {
    const user = findPrincipal(USER, nameOrCaller(request, call), call);
    return page("AccessKeyMetadata", keysOf(user.name, call).map(keyAnswer), request);
  },
};

const updateInput = structure({
  UserName: optional(userName),
  AccessKeyId: keyId,
  Status: string({ enum: ["Active", "Inactive"] }),
});

const updateAccessKey: Operation<Infer<typeof updateInput>> = {
  name: "UpdateAccessKey",
  input: updateInput,
  authorize: (request, call) => onPrincipal(USER, "UpdateAccessKey", nameOrCaller(request, call), call),
  run(request, call) {
    const key = findKey(request.AccessKeyId, nameOrCaller(request, call), call);
    accessKeys(call.store).put(key.accessKeyId, { ...key, isActive: request.Status === "Active" });
  },
};

const deleteInput = structure({ UserName: optional(userName), AccessKeyId: keyId });

const deleteAccessKey: Operation<Infer<typeof deleteInput>> = {
  name: "DeleteAccessKey",
  input: deleteInput,
  authorize: (request, call) => onPrincipal(USER, "DeleteAccessKey", nameOrCaller(request, call), call),
  run(request, call) {
    const key = findKey(request.AccessKeyId, nameOrCaller(request, call), call);
    accessKeys(call.store).delete(key.accessKeyId);
  },
};

function keysOf(name: string, call: Call): readonly AccessKeyRecord[] {
  return [...accessKeys(call.store).values()].filter(
    (key) => key.accountId === call.accountId && key.userName === name,
  );
}

function findKey(accessKeyId: string, name: string, call: Call): AccessKeyRecord {
  const key = keysOf(name, call).find((candidate) => candidate.accessKeyId === accessKeyId);
  if (!key) throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`);
  return key;
}

function keyAnswer(key: AccessKeyRecord): Readonly<Record<string, unknown>> {
  return {
    UserName: key.userName,
    AccessKeyId: key.accessKeyId,
    Status: key.isActive ? "Active" : "Inactive",
    CreateDate: new Date(key.createdAt),
  };
}

export const accessKeyOperations: readonly Operation[] = [
  createAccessKey,
  listAccessKeys,
  updateAccessKey,
  deleteAccessKey,
];
