import { Operation } from "../core/operation";
import { blob, boolean, Infer, optional, structure } from "../core/shape";
import { cryptographicContext, onKey } from "./authorization";
import { decryptUnder, encryptUnder, endDryRun, keyOfCiphertext, requireSymmetric } from "./cryptography";
import { findKey } from "./find-key";
import * as shapes from "./shapes";

const ALGORITHM = "SYMMETRIC_DEFAULT";

const encryptInput = structure({
  KeyId: shapes.keyId(),
  Plaintext: blob({ min: 1, max: 4096, sensitive: true }),
  EncryptionContext: optional(shapes.encryptionContext()),
  GrantTokens: optional(shapes.grantTokens()),
  EncryptionAlgorithm: optional(shapes.algorithm()),
  DryRun: optional(boolean()),
});

const decryptInput = structure({
  CiphertextBlob: shapes.ciphertextBlob(),
  EncryptionContext: optional(shapes.encryptionContext()),
  GrantTokens: optional(shapes.grantTokens()),
  KeyId: optional(shapes.keyId()),
  EncryptionAlgorithm: optional(shapes.algorithm()),
  DryRun: optional(boolean()),
});

const reEncryptInput = structure({
  CiphertextBlob: shapes.ciphertextBlob(),
  SourceEncryptionContext: optional(shapes.encryptionContext()),
  SourceKeyId: optional(shapes.keyId()),
  DestinationKeyId: shapes.keyId(),
  DestinationEncryptionContext: optional(shapes.encryptionContext()),
  SourceEncryptionAlgorithm: optional(shapes.algorithm()),
  DestinationEncryptionAlgorithm: optional(shapes.algorithm()),
  GrantTokens: optional(shapes.grantTokens()),
  DryRun: optional(boolean()),
});

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const encrypt: Operation<Infer<typeof encryptInput>> = {
  name: "Encrypt",
  input: encryptInput,
  authorize: (input, call) => [
    onKey(call, "Encrypt", findKey(call, input.KeyId), cryptographicContext(input.EncryptionContext)),
  ],
  run(input, call) {
    requireSymmetric(input.EncryptionAlgorithm);
    const { key } = findKey(call, input.KeyId);
    const ciphertext = encryptUnder(call, key, input.Plaintext, input.EncryptionContext);
    endDryRun(input.DryRun);
    return { CiphertextBlob: ciphertext, KeyId: key.arn, EncryptionAlgorithm: ALGORITHM };
  },
  trail: { readOnly: true },
};

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export const decrypt: Operation<Infer<typeof decryptInput>> = {
  name: "Decrypt",
  input: decryptInput,
  authorize: (input, call) => [
    onKey(
      call,
      "Decrypt",
      keyOfCiphertext(call, input.CiphertextBlob, input.KeyId),
      cryptographicContext(input.EncryptionContext),
    ),
  ],
  run(input, call) {
    requireSymmetric(input.EncryptionAlgorithm);
    const { key } = keyOfCiphertext(call, input.CiphertextBlob, input.KeyId);
    const plaintext = decryptUnder(call, key, input.CiphertextBlob, input.EncryptionContext);
    endDryRun(input.DryRun);
    return { Plaintext: plaintext, KeyId: key.arn, EncryptionAlgorithm: ALGORITHM };
  },
  trail: { readOnly: true },
};

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html */
export const reEncrypt: Operation<Infer<typeof reEncryptInput>> = {
  name: "ReEncrypt",
  input: reEncryptInput,
  authorize: (input, call) => [
    onKey(
      call,
      "ReEncryptFrom",
      keyOfCiphertext(call, input.CiphertextBlob, input.SourceKeyId),
      cryptographicContext(input.SourceEncryptionContext),
    ),
    onKey(
      call,
      "ReEncryptTo",
      findKey(call, input.DestinationKeyId),
      cryptographicContext(input.DestinationEncryptionContext),
    ),
  ],
  run(input, call) {
    requireSymmetric(input.SourceEncryptionAlgorithm);
    requireSymmetric(input.DestinationEncryptionAlgorithm);
    const source = keyOfCiphertext(call, input.CiphertextBlob, input.SourceKeyId).key;
    const target = findKey(call, input.DestinationKeyId).key;
    const plaintext = decryptUnder(call, source, input.CiphertextBlob, input.SourceEncryptionContext);
    const ciphertext = encryptUnder(call, target, plaintext, input.DestinationEncryptionContext);
    endDryRun(input.DryRun);
    return {
      CiphertextBlob: ciphertext,
      SourceKeyId: source.arn,
      KeyId: target.arn,
      SourceEncryptionAlgorithm: ALGORITHM,
      DestinationEncryptionAlgorithm: ALGORITHM,
    };
  },
  trail: { readOnly: true },
};
