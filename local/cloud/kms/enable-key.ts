import { Operation } from "../core/operation";
import { Infer } from "../core/shape";
import { onKey } from "./authorization";
import { findOwnKey } from "./find-key";
import { putKey } from "./key";
import { requireNotPendingDeletion } from "./key-state";
import { justKey } from "./shapes";

const input = justKey();

function switching(name: string, state: "Enabled" | "Disabled"): Operation<Infer<typeof input>> {
  return {
    name,
    input,
    authorize: (request, call) => [onKey(call, name, findOwnKey(call, request.KeyId))],
    run(request, call) {
      const { key } = findOwnKey(call, request.KeyId);
      requireNotPendingDeletion(key);
      putKey(call.store, { ...key, state });
      return {};
    },
  };
}

export const enableKey = switching("EnableKey", "Enabled");
export const disableKey = switching("DisableKey", "Disabled");
