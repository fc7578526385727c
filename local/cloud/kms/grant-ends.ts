import { ApiError } from "../core/api-error";
import { Authorization, Call, Operation } from "../core/operation";
import { boolean, Infer, optional, structure } from "../core/shape";
import { onKey } from "./authorization";
import { endDryRun } from "./cryptography";
import { notFound } from "./errors";
import { findKeyWithoutAlias } from "./find-key";
import { GrantRecord, grantsOf } from "./key";
import * as shapes from "./shapes";

const revokeInput = structure({
  KeyId: shapes.keyId(),
  GrantId: shapes.grantId(),
  DryRun: optional(boolean()),
});
const retireInput = structure({
  GrantToken: optional(shapes.grantToken()),
  KeyId: optional(shapes.keyId()),
  GrantId: optional(shapes.grantId()),
  DryRun: optional(boolean()),
});

type RetireInput = Infer<typeof retireInput>;

export const revokeGrant: Operation<Infer<typeof revokeInput>> = {
  name: "RevokeGrant",
  input: revokeInput,
  authorize: (input, call) => [onKey(call, "RevokeGrant", findKeyWithoutAlias(call, input.KeyId))],
  run(input, call) {
    const { key } = findKeyWithoutAlias(call, input.KeyId);
    const grant = grantsOf(call.store).get(input.GrantId);
    if (grant?.keyArn !== key.arn) throw notFound.grant(input.GrantId);
    endDryRun(input.DryRun);
    grantsOf(call.store).delete(grant.grantId);
    return {};
  },
};

/**
 * The retiring principal, and a grantee whose grant has RetireGrant among its operations, may retire it; others need
 * kms:RetireGrant on the key.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html
 */
export const retireGrant: Operation<RetireInput> = {
  name: "RetireGrant",
  input: retireInput,
  authorize(input, call): readonly Authorization[] {
    const grant = grantToRetire(input, call);
    if (mayRetire(call, grant)) return [];
    return [onKey(call, "RetireGrant", findKeyWithoutAlias(call, grant.keyArn))];
  },
  run(input, call) {
    endDryRun(input.DryRun);
    grantsOf(call.store).delete(grantToRetire(input, call).grantId);
    return {};
  },
};

function grantToRetire(input: RetireInput, call: Call): GrantRecord {
  if (input.GrantToken !== undefined) {
    const grant = [...grantsOf(call.store).values()].find(({ token }) => token === input.GrantToken);
    if (grant) return grant;
    throw new ApiError("InvalidGrantTokenException", "The grant token is not valid.");
  }
  if (input.KeyId === undefined || input.GrantId === undefined) {
    throw new ApiError(
      "ValidationException",
      "Must specify either a grant token, or a key ID and a grant ID.",
    );
  }
  const { key } = findKeyWithoutAlias(call, input.KeyId);
  const grant = grantsOf(call.store).get(input.GrantId);
  if (grant?.keyArn !== key.arn) throw notFound.grant(input.GrantId);
  return grant;
}

function mayRetire(call: Call, grant: GrantRecord): boolean {
  if (isCaller(call, grant.retiringPrincipal)) return true;
  return grant.operations.includes("RetireGrant") && isCaller(call, grant.granteePrincipal);
}

function isCaller({ principal }: Call, name: string | undefined): boolean {
  if (name === undefined) return false;
  switch (principal.kind) {
    case "anonymous":
    case "federated":
      return false;
    case "service":
      return principal.service === name;
    case "root":
      return name.endsWith(`:iam::${principal.accountId}:root`);
    case "user":
      return principal.arn === name;
    case "role-session":
      return principal.roleArn === name || principal.sessionArn === name;
  }
}
