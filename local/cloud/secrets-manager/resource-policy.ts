import { parsePolicy, PolicyDocument } from "../../../iam";
import { ApiError } from "../core/api-error";
import { Call, Operation } from "../core/operation";
import { boolean, Infer, optional, structure } from "../core/shape";
import { isPublic, missingPrincipal } from "../resource-policy";
import { onFoundSecret, onSecret } from "./authorization";
import { invalidRequest } from "./errors";
import { findLiveSecret, findWritableSecret } from "./find-secret";
import { putWithReplicas } from "./replication";
import { SecretRecord } from "./secret";
import * as shapes from "./shapes";

const putInput = structure({
  SecretId: shapes.secretId(),
  ResourcePolicy: shapes.policyText(),
  BlockPublicPolicy: optional(boolean()),
});
const validateInput = structure({
  SecretId: optional(shapes.secretId()),
  ResourcePolicy: shapes.policyText(),
});
const secretInput = shapes.justSecret();

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
export const putResourcePolicy: Operation<Infer<typeof putInput>> = {
  name: "PutResourcePolicy",
  input: putInput,
  authorize: (request, call) => [
    onSecret(call, "PutResourcePolicy", request.SecretId, {
      "secretsmanager:blockpublicpolicy": String(request.BlockPublicPolicy ?? false),
    }),
  ],
  run(request, call) {
    const secret = findWritableSecret(call, request.SecretId);
    const policy = request.ResourcePolicy;
    const document = parsed(policy);
    if (missingPrincipal(call.store, document) !== undefined) {
      throw malformed("This resource policy contains an unsupported principal.");
    }
    if (request.BlockPublicPolicy === true && isPublic(document)) {
      throw new ApiError(
        "PublicPolicyException",
        "You can't attach this resource policy because it grants broad access to the secret. The BlockPublicPolicy parameter is set to true.",
      );
    }
    if (locksOut(call, secret, policy)) {
      throw invalidRequest(
        "You can't attach this resource policy because you could not change it afterwards.",
      );
    }
    putWithReplicas(call, { ...secret, policy, changedAt: call.clock.now() });
    return { ARN: secret.arn, Name: secret.name };
  },
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
export const getResourcePolicy: Operation<Infer<typeof secretInput>> = {
  name: "GetResourcePolicy",
  input: secretInput,
  authorize: (request, call) => [onSecret(call, "GetResourcePolicy", request.SecretId)],
  run(request, call) {
    const { arn, name, policy } = findLiveSecret(call, request.SecretId);
    return { ARN: arn, Name: name, ...(policy !== undefined && { ResourcePolicy: policy }) };
  },
  trail: { readOnly: true },
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy: Operation<Infer<typeof secretInput>> = {
  name: "DeleteResourcePolicy",
  input: secretInput,
  authorize: (request, call) => [onSecret(call, "DeleteResourcePolicy", request.SecretId)],
  run(request, call) {
    const { policy: _gone, ...secret } = findWritableSecret(call, request.SecretId);
    putWithReplicas(call, { ...secret, changedAt: call.clock.now() });
    return { ARN: secret.arn, Name: secret.name };
  },
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ValidateResourcePolicy.html */
export const validateResourcePolicy: Operation<Infer<typeof validateInput>> = {
  name: "ValidateResourcePolicy",
  input: validateInput,
  authorize: (request, call) => [
    onSecret(call, "ValidateResourcePolicy", request.SecretId ?? "*"),
    ...(request.SecretId === undefined ? [] : [onSecret(call, "PutResourcePolicy", request.SecretId)]),
  ],
  run(request, call) {
    const document = parsed(request.ResourcePolicy);
    const secret = request.SecretId === undefined ? undefined : findLiveSecret(call, request.SecretId);
    const errors = [
      ...(isPublic(document)
        ? [
            {
              CheckName: "PublicPolicy",
              ErrorMessage: "The resource policy grants broad access to the secret.",
            },
          ]
        : []),
      ...(secret && locksOut(call, secret, request.ResourcePolicy)
        ? [{ CheckName: "Lockout", ErrorMessage: "The resource policy locks out the caller." }]
        : []),
    ];
    return { PolicyValidationPassed: errors.length === 0, ValidationErrors: errors };
  },
  trail: { readOnly: true },
};

function parsed(text: string): PolicyDocument {
  const policy = parsePolicy(text, "resource");
  if (policy.ok) return policy.document;
  throw malformed("This resource policy contains a syntax error.");
}

function malformed(message: string): ApiError {
  return new ApiError("MalformedPolicyDocumentException", message);
}

/** Whether the caller, who can change the policy now, could not do so under the new one. */
function locksOut(call: Call, secret: SecretRecord, policy: string): boolean {
  return !call.isAllowed(onFoundSecret("PutResourcePolicy", { ...secret, policy }));
}
