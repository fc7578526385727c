import { ApiError } from "../core/api-error";
import { Operation } from "../core/operation";
import { Infer, optional, string, structure } from "../core/shape";
import { onKey } from "./authorization";
import { findOwnKey } from "./find-key";
import { putKey } from "./key";
import { requireNoLockout, requireValidKeyPolicy } from "./key-policy";
import { requireNotPendingDeletion } from "./key-state";
import * as shapes from "./shapes";

const policyName = () => optional(string({ min: 1, max: 128, pattern: /[\w]+/ }));
const getInput = structure({ KeyId: shapes.keyId(), PolicyName: policyName() });
const listInput = structure({ KeyId: shapes.keyId(), ...shapes.page });
const putInput = structure({
  KeyId: shapes.keyId(),
  PolicyName: policyName(),
  Policy: shapes.policyText(),
  BypassPolicyLockoutSafetyCheck: shapes.bypassLockoutCheck(),
});

/** The only policy a key has is called `default`. */
function requireDefault(name: string | undefined): void {
  if (name === undefined || name === "default") return;
  throw new ApiError("NotFoundException", "No such policy exists");
}

export const getKeyPolicy: Operation<Infer<typeof getInput>> = {
  name: "GetKeyPolicy",
  input: getInput,
  authorize: (input, call) => [onKey(call, "GetKeyPolicy", findOwnKey(call, input.KeyId))],
  run(input, call) {
    requireDefault(input.PolicyName);
    return { Policy: findOwnKey(call, input.KeyId).key.policy, PolicyName: "default" };
  },
  trail: { readOnly: true },
};

export const putKeyPolicy: Operation<Infer<typeof putInput>> = {
  name: "PutKeyPolicy",
  input: putInput,
  authorize: (input, call) => [
    onKey(call, "PutKeyPolicy", findOwnKey(call, input.KeyId), {
      "kms:bypasspolicylockoutsafetycheck": String(input.BypassPolicyLockoutSafetyCheck ?? false),
    }),
  ],
  run(input, call) {
    requireDefault(input.PolicyName);
    const { key } = findOwnKey(call, input.KeyId);
    requireNotPendingDeletion(key);
    requireValidKeyPolicy(call, input.Policy);
    if (input.BypassPolicyLockoutSafetyCheck !== true) requireNoLockout(call, key, input.Policy);
    putKey(call.store, { ...key, policy: input.Policy });
    return {};
  },
};

export const listKeyPolicies: Operation<Infer<typeof listInput>> = {
  name: "ListKeyPolicies",
  input: listInput,
  authorize: (input, call) => [onKey(call, "ListKeyPolicies", findOwnKey(call, input.KeyId))],
  run: () => ({ PolicyNames: ["default"], Truncated: false }),
  trail: { readOnly: true },
};
