import { randomBytes } from "crypto";
import { Operation } from "../core/operation";
import { boolean, Infer, optional, string, structure } from "../core/shape";
import { cryptographicContext, onAnything, onKey } from "./authorization";
import { unsupported } from "./errors";
import { dataKeyBytes, encryptUnder, endDryRun, newDataKey } from "./cryptography";
import { findKey } from "./find-key";
import * as shapes from "./shapes";

const dataKeyInput = structure({
  KeyId: shapes.keyId(),
  EncryptionContext: optional(shapes.encryptionContext()),
  NumberOfBytes: optional(shapes.numberOfBytes()),
  KeySpec: optional(string({ enum: ["AES_256", "AES_128"] })),
  GrantTokens: optional(shapes.grantTokens()),
  DryRun: optional(boolean()),
});

type DataKeyInput = Infer<typeof dataKeyInput>;

const randomInput = structure({
  NumberOfBytes: optional(shapes.numberOfBytes()),
  CustomKeyStoreId: optional(string({ min: 1, max: 64 })),
});

/** The two operations differ in whether the data key itself is in the answer. */
function generating(name: string, withPlaintext: boolean): Operation<DataKeyInput> {
  return {
    name,
    input: dataKeyInput,
    authorize: (input, call) => [
      onKey(call, name, findKey(call, input.KeyId), cryptographicContext(input.EncryptionContext)),
    ],
    run(input, call) {
      const bytes = newDataKey(withPlaintext ? dataKeyBytes(input) : (input.NumberOfBytes ?? 32));
      const { key } = findKey(call, input.KeyId);
      const ciphertext = encryptUnder(call, key, bytes, input.EncryptionContext);
      endDryRun(input.DryRun);
      return { CiphertextBlob: ciphertext, ...(withPlaintext && { Plaintext: bytes }), KeyId: key.arn };
    },
    trail: { readOnly: true },
  };
}

export const generateDataKey = generating("GenerateDataKey", true);
export const generateDataKeyWithoutPlaintext = generating("GenerateDataKeyWithoutPlaintext", false);

export const generateRandom: Operation<Infer<typeof randomInput>> = {
  name: "GenerateRandom",
  input: randomInput,
  authorize: (_input, call) => [onAnything(call, "GenerateRandom")],
  run(input) {
    if (input.CustomKeyStoreId !== undefined) throw unsupported("Custom key stores are not modelled.");
    return { Plaintext: randomBytes(input.NumberOfBytes ?? 32) };
  },
  trail: { readOnly: true },
};
