import { blob, list, optional, string, structure } from "../core/shape";

/** Shapes of the API's members, as its model states them. */
export const secretId = () => string({ min: 1, max: 2048 });
export const versionId = () => string({ min: 32, max: 64 });
export const stage = () => string({ min: 1, max: 256 });
export const kmsKeyId = () => string({ min: 0, max: 2048 });
export const description = () => string({ max: 2048 });
export const region = () => string({ min: 1, max: 128, pattern: /([a-z]+-)+\d+/ });
export const policyText = () => string({ min: 1, max: 20_480 });
export const nextToken = () => string({ min: 1, max: 4096 });
export const tagKey = () => string({ min: 1, max: 128 });
export const tags = () =>
  list(structure({ Key: optional(tagKey()), Value: optional(string({ min: 0, max: 256 })) }));
export const replicaRegions = () =>
  list(structure({ Region: optional(region()), KmsKeyId: optional(kmsKeyId()) }), { min: 1 });

/** Members that carry a new value. Lengths are in characters and bytes. */
export const value = {
  SecretString: optional(string({ min: 1, max: 65_536, sensitive: true })),
  SecretBinary: optional(blob({ min: 1, max: 65_536, sensitive: true })),
};

export const filters = () =>
  list(
    structure({
      Key: optional(
        string({
          enum: ["description", "name", "tag-key", "tag-value", "primary-region", "owning-service", "all"],
        }),
      ),
      Values: optional(
        list(string({ max: 512, pattern: /\!?[a-zA-Z0-9 :_@\/\+\=\.\-\!]*/ }), { min: 1, max: 10 }),
      ),
    }),
    { max: 10 },
  );

/** Only a secret. */
export const justSecret = () => structure({ SecretId: secretId() });
