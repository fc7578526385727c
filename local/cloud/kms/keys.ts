import { Operation } from "../core/operation";
import { Infer, optional, structure } from "../core/shape";
import { onAnything, onKey } from "./authorization";
import { findKey, findOwnKey } from "./find-key";
import { keysOf, putKey } from "./key";
import { keyMetadata } from "./key-metadata";
import { requireNotPendingDeletion } from "./key-state";
import { pageOf } from "./page";
import * as shapes from "./shapes";

const describeInput = structure({ KeyId: shapes.keyId(), GrantTokens: optional(shapes.grantTokens()) });
const listInput = structure(shapes.page);
const descriptionInput = structure({ KeyId: shapes.keyId(), Description: shapes.description() });

export const describeKey: Operation<Infer<typeof describeInput>> = {
  name: "DescribeKey",
  input: describeInput,
  authorize: (input, call) => [onKey(call, "DescribeKey", findKey(call, input.KeyId))],
  run: (input, call) => ({ KeyMetadata: keyMetadata(call, findKey(call, input.KeyId).key) }),
  trail: { readOnly: true },
};

export const listKeys: Operation<Infer<typeof listInput>> = {
  name: "ListKeys",
  input: listInput,
  authorize: (_input, call) => [onAnything(call, "ListKeys")],
  run(input, call) {
    const own = [...keysOf(call.store).values()].filter(
      (key) => key.accountId === call.accountId && key.region === call.region,
    );
    const { items, rest } = pageOf(own, input, 100);
    return { Keys: items.map((key) => ({ KeyId: key.keyId, KeyArn: key.arn })), ...rest };
  },
  trail: { readOnly: true },
};

export const updateKeyDescription: Operation<Infer<typeof descriptionInput>> = {
  name: "UpdateKeyDescription",
  input: descriptionInput,
  authorize: (input, call) => [onKey(call, "UpdateKeyDescription", findOwnKey(call, input.KeyId))],
  run(input, call) {
    const { key } = findOwnKey(call, input.KeyId);
    requireNotPendingDeletion(key);
    putKey(call.store, { ...key, description: input.Description });
    return {};
  },
};
