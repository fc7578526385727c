import { Authorization, Operation } from "../core/operation";
import { boolean, Infer, optional, string, structure } from "../core/shape";
import { KEY_FORM, onAnything, requestTagContext } from "./authorization";
import { unsupported } from "./errors";
import { keyMetadata } from "./key-metadata";
import { defaultKeyPolicy, requireNoLockout, requireValidKeyPolicy } from "./key-policy";
import { makeKey } from "./make-key";
import * as shapes from "./shapes";
import { readTags } from "./tags";

const input = structure({
  Policy: optional(shapes.policyText()),
  Description: optional(shapes.description()),
  KeyUsage: optional(
    string({ enum: ["SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"] }),
  ),
  CustomerMasterKeySpec: optional(string()),
  KeySpec: optional(string()),
  Origin: optional(string({ enum: ["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"] })),
  CustomKeyStoreId: optional(string({ min: 1, max: 64 })),
  BypassPolicyLockoutSafetyCheck: shapes.bypassLockoutCheck(),
  Tags: optional(shapes.tags()),
  MultiRegion: optional(boolean()),
});

type Input = Infer<typeof input>;

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const createKey: Operation<Input> = {
  name: "CreateKey",
  input,
  authorize(request, call): readonly Authorization[] {
    const tags = readTags(request.Tags);
    const extra = {
      ...KEY_FORM,
      "kms:multiregion": String(request.MultiRegion ?? false),
      "kms:bypasspolicylockoutsafetycheck": String(request.BypassPolicyLockoutSafetyCheck ?? false),
      ...requestTagContext(tags),
    };
    const create = onAnything(call, "CreateKey", extra);
    return request.Tags?.length ? [create, onAnything(call, "TagResource", extra)] : [create];
  },
  run(request, call) {
    requireModelledForm(request);
    if (request.Policy !== undefined) requireValidKeyPolicy(call, request.Policy);
    const key = makeKey(call, {
      description: request.Description,
      multiRegion: request.MultiRegion,
      tags: readTags(request.Tags),
      policy: ({ accountId }) => request.Policy ?? defaultKeyPolicy(call.partition, accountId),
    });
    if (request.Policy !== undefined && request.BypassPolicyLockoutSafetyCheck !== true) {
      requireNoLockout(call, key, request.Policy);
    }
    return { KeyMetadata: keyMetadata(call, key) };
  },
};

/** Asymmetric, HMAC and imported keys exist in AWS but not here: refused by name rather than pretended. */
function requireModelledForm(request: Input): void {
  const spec = request.KeySpec ?? request.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
  if (spec !== "SYMMETRIC_DEFAULT") throw unsupported(`The local cloud does not model KeySpec ${spec}.`);
  const usage = request.KeyUsage ?? "ENCRYPT_DECRYPT";
  if (usage !== "ENCRYPT_DECRYPT") {
    throw unsupported(`KeyUsage ${usage} is not compatible with KeySpec SYMMETRIC_DEFAULT.`);
  }
  const origin = request.Origin ?? "AWS_KMS";
  if (origin !== "AWS_KMS" || request.CustomKeyStoreId !== undefined) {
    throw unsupported(`The local cloud does not model key origin ${origin} or custom key stores.`);
  }
}
