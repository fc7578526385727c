import { createHash, randomBytes } from "crypto";
import { ApiError } from "../core/api-error";
import { Call, Operation } from "../core/operation";
import { boolean, Infer, list, map, optional, string, structure } from "../core/shape";
import { onKey } from "./authorization";
import { endDryRun } from "./cryptography";
import { findKeyWithoutAlias } from "./find-key";
import { GrantRecord, grantsOf, grantsOfKey } from "./key";
import { requireEnabled } from "./key-state";
import * as shapes from "./shapes";

const GRANT_OPERATIONS = [
  "Decrypt",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "ReEncryptFrom",
  "ReEncryptTo",
  "CreateGrant",
  "RetireGrant",
  "DescribeKey",
] as const;

const input = structure({
  KeyId: shapes.keyId(),
  GranteePrincipal: shapes.principal(),
  RetiringPrincipal: optional(shapes.principal()),
  Operations: list(string({ enum: GRANT_OPERATIONS })),
  Constraints: optional(
    structure({
      EncryptionContextSubset: optional(map(string())),
      EncryptionContextEquals: optional(map(string())),
    }),
  ),
  GrantTokens: optional(shapes.grantTokens()),
  Name: optional(string({ min: 1, max: 256, pattern: /[a-zA-Z0-9:/_-]+/ })),
  DryRun: optional(boolean()),
});

type Input = Infer<typeof input>;

/**
 * A request that repeats a named grant gets that grant's id.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
 */
export const createGrant: Operation<Input> = {
  name: "CreateGrant",
  input,
  authorize: (request, call) => [
    onKey(call, "CreateGrant", findKeyWithoutAlias(call, request.KeyId), grantContext(request, call)),
  ],
  run(request, call) {
    const { key } = findKeyWithoutAlias(call, request.KeyId);
    requireEnabled(key);
    requirePossible(request);
    endDryRun(request.DryRun);
    const grant = repeated(request, call, key.arn) ?? makeGrant(request, call, key.arn);
    return { GrantId: grant.grantId, GrantToken: grant.token };
  },
};

function grantContext(request: Input, call: Call) {
  const constraints = request.Constraints ?? {};
  const kind = constraints.EncryptionContextEquals
    ? "EncryptionContextEquals"
    : constraints.EncryptionContextSubset && "EncryptionContextSubset";
  return {
    "kms:grantoperations": request.Operations,
    "kms:grantisforawsresource": String(call.viaService !== undefined),
    "kms:granteeprincipal": request.GranteePrincipal,
    ...(request.RetiringPrincipal !== undefined && { "kms:retiringprincipal": request.RetiringPrincipal }),
    ...(kind !== undefined && { "kms:grantconstrainttype": kind }),
  };
}

/** A grant lasts; so it must name someone and something. */
function requirePossible(request: Input): void {
  if (request.Operations.length === 0) {
    throw new ApiError("ValidationException", "A grant needs at least one operation.");
  }
  const isPrincipal = /^(arn:[^:]+:(iam|sts)::\d{12}:.+|[a-z0-9.-]+\.amazonaws\.com)$/;
  for (const name of [request.GranteePrincipal, request.RetiringPrincipal]) {
    if (name === undefined || isPrincipal.test(name)) continue;
    throw new ApiError("InvalidArnException", `The principal ${name} is not valid.`);
  }
}

function repeated(request: Input, call: Call, keyArn: string): GrantRecord | undefined {
  if (request.Name === undefined) return undefined;
  const wanted = fingerprint(request);
  return grantsOfKey(call.store, keyArn).find(
    (grant) =>
      wanted ===
      fingerprint({
        GranteePrincipal: grant.granteePrincipal,
        RetiringPrincipal: grant.retiringPrincipal,
        Operations: grant.operations as Input["Operations"],
        Constraints: grant.constraints,
        Name: grant.name,
      }),
  );
}

function fingerprint(request: Omit<Input, "KeyId">): string {
  const { GranteePrincipal, RetiringPrincipal, Operations, Constraints, Name } = request;
  const parts = [Name, GranteePrincipal, RetiringPrincipal, [...Operations].sort(), Constraints ?? null];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function makeGrant(request: Input, call: Call, keyArn: string): GrantRecord {
  const grant: GrantRecord = {
    grantId: randomBytes(32).toString("hex"),
    token: randomBytes(96).toString("base64url"),
    keyArn,
    name: request.Name,
    granteePrincipal: request.GranteePrincipal,
    retiringPrincipal: request.RetiringPrincipal,
    issuingAccount: call.accountId,
    operations: request.Operations,
    constraints: request.Constraints,
    createdAt: call.clock.now(),
  };
  grantsOf(call.store).put(grant.grantId, grant);
  return grant;
}
