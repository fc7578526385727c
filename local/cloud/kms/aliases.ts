import { ApiError } from "../core/api-error";
import { Authorization, Call, Operation } from "../core/operation";
import { Infer, optional, structure } from "../core/shape";
import { onAnything, onKey } from "./authorization";
import { notFound } from "./errors";
import { findOwnKey } from "./find-key";
import { aliasArn, AliasRecord, aliasesOf, keysOf, placeOf } from "./key";
import { requireNotPendingDeletion } from "./key-state";
import { pageOf } from "./page";
import * as shapes from "./shapes";

const changeInput = structure({ AliasName: shapes.aliasName(), TargetKeyId: shapes.keyId() });
const deleteInput = structure({ AliasName: shapes.aliasName() });
const listInput = structure({ KeyId: optional(shapes.keyId()), ...shapes.page });

function onAlias(call: Call, action: string, name: string): Authorization {
  const resource = {
    arn: aliasArn(call.partition, call.region, call.accountId, name),
    accountId: call.accountId,
  };
  return { ...onAnything(call, action), resource };
}

function placeIn(call: Call, name: string): string {
  return placeOf(call.accountId, call.region, name);
}

function existingAlias(call: Call, name: string): AliasRecord {
  const alias = aliasesOf(call.store).get(placeIn(call, name));
  if (alias) return alias;
  throw notFound.alias(aliasArn(call.partition, call.region, call.accountId, name));
}

function requireOwnName(name: string): void {
  if (!/^alias\/./.test(name)) {
    throw new ApiError("ValidationException", 'Alias must start with the prefix "alias/".');
  }
  if (name.startsWith("alias/aws/")) {
    throw new ApiError("InvalidAliasNameException", "Aliases that begin with alias/aws/ are reserved.");
  }
}

export const createAlias: Operation<Infer<typeof changeInput>> = {
  name: "CreateAlias",
  input: changeInput,
  authorize(input, call) {
    requireOwnName(input.AliasName);
    return [
      onAlias(call, "CreateAlias", input.AliasName),
      onKey(call, "CreateAlias", findOwnKey(call, input.TargetKeyId)),
    ];
  },
  run(input, call) {
    const { key } = findOwnKey(call, input.TargetKeyId);
    requireNotPendingDeletion(key);
    const arn = aliasArn(call.partition, call.region, call.accountId, input.AliasName);
    if (aliasesOf(call.store).has(placeIn(call, input.AliasName))) {
      throw new ApiError("AlreadyExistsException", `An alias with the name ${arn} already exists`);
    }
    const now = call.clock.now();
    const { accountId, region } = call;
    const alias = {
      name: input.AliasName,
      accountId,
      region,
      targetKeyId: key.keyId,
      createdAt: now,
      updatedAt: now,
    };
    aliasesOf(call.store).put(placeIn(call, input.AliasName), alias);
    return {};
  },
};

export const updateAlias: Operation<Infer<typeof changeInput>> = {
  name: "UpdateAlias",
  input: changeInput,
  authorize(input, call) {
    requireOwnName(input.AliasName);
    const alias = existingAlias(call, input.AliasName);
    return [
      onAlias(call, "UpdateAlias", input.AliasName),
      onKey(call, "UpdateAlias", findOwnKey(call, alias.targetKeyId)),
      onKey(call, "UpdateAlias", findOwnKey(call, input.TargetKeyId)),
    ];
  },
  run(input, call) {
    const { key } = findOwnKey(call, input.TargetKeyId);
    requireNotPendingDeletion(key);
    const alias = existingAlias(call, input.AliasName);
    const changed = { ...alias, targetKeyId: key.keyId, updatedAt: call.clock.now() };
    aliasesOf(call.store).put(placeIn(call, alias.name), changed);
    return {};
  },
};

export const deleteAlias: Operation<Infer<typeof deleteInput>> = {
  name: "DeleteAlias",
  input: deleteInput,
  authorize(input, call) {
    requireOwnName(input.AliasName);
    const alias = existingAlias(call, input.AliasName);
    return [
      onAlias(call, "DeleteAlias", input.AliasName),
      onKey(call, "DeleteAlias", findOwnKey(call, alias.targetKeyId)),
    ];
  },
  run(input, call) {
    aliasesOf(call.store).delete(placeIn(call, input.AliasName));
    return {};
  },
};

export const listAliases: Operation<Infer<typeof listInput>> = {
  name: "ListAliases",
  input: listInput,
  authorize: (_input, call) => [onAnything(call, "ListAliases")],
  run(input, call) {
    const keyId = input.KeyId === undefined ? undefined : findOwnKey(call, input.KeyId).key.keyId;
    const own = [...aliasesOf(call.store).values()].filter(
      (alias) =>
        alias.accountId === call.accountId &&
        alias.region === call.region &&
        (keyId === undefined || alias.targetKeyId === keyId) &&
        keysOf(call.store).has(placeIn(call, alias.targetKeyId)),
    );
    const { items, rest } = pageOf(own, input, 50);
    return {
      Aliases: items.map((alias) => ({
        AliasName: alias.name,
        AliasArn: aliasArn(call.partition, call.region, call.accountId, alias.name),
        TargetKeyId: alias.targetKeyId,
        CreationDate: new Date(alias.createdAt),
        LastUpdatedDate: new Date(alias.updatedAt),
      })),
      ...rest,
    };
  },
  trail: { readOnly: true },
};
