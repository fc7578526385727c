import { blob, boolean, integer, list, map, optional, string, structure } from "../core/shape";

/** Shapes of the API's members, as its model states them. */
export const keyId = () => string({ min: 1, max: 2048 });
export const aliasName = () => string({ min: 1, max: 256, pattern: /[a-zA-Z0-9:/_-]+/ });
export const policyText = () =>
  string({ min: 1, max: 131_072, pattern: /[\u0009\u000A\u000D\u0020-\u00FF]+/ });
export const description = () => string({ min: 0, max: 8192 });
export const region = () => string({ min: 1, max: 32, pattern: /([a-z]+-){2,3}\d+/ });
export const encryptionContext = () => map(string());
export const principal = () => string({ min: 1, max: 256, pattern: /[\w+=,.@:/-]+/ });
export const grantId = () => string({ min: 1, max: 128 });
export const grantToken = () => string({ min: 1, max: 8192 });
export const grantTokens = () => list(grantToken(), { max: 10 });
export const ciphertextBlob = () => blob({ min: 1, max: 6144 });
export const algorithm = () =>
  string({ enum: ["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"] });
export const numberOfBytes = () => integer({ min: 1, max: 1024 });
export const bypassLockoutCheck = () => optional(boolean());
export const tags = () =>
  list(structure({ TagKey: string({ min: 1, max: 128 }), TagValue: string({ min: 0, max: 256 }) }));

/** Only a key. */
export const justKey = () => structure({ KeyId: keyId() });

/** Members of a page's request. */
export const page = {
  Limit: optional(integer({ min: 1, max: 1000 })),
  Marker: optional(string({ min: 1, max: 1024, pattern: /[\u0020-\u00FF]*/ })),
};
