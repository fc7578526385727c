import { list, optional, string, structure } from "../core/shape";

const NAME = /[\w+=,.@-]+/;

export const roleName = string({ min: 1, max: 64, pattern: NAME });
export const userName = string({ min: 1, max: 64, pattern: NAME });
/** Of inline and of managed policies. */
export const policyName = string({ min: 1, max: 128, pattern: NAME });
export const path = optional(string({ min: 1, max: 512, pattern: /\/|\/[\u0021-\u007e]+\// }));
export const policyArn = string({ min: 20, max: 2048 });
export const policyText = string({ min: 1, max: 131_072 });
export const description = optional(string({ max: 1000 }));
export const tags = list(structure({ Key: string({ min: 1, max: 128 }), Value: string({ max: 256 }) }), {
  max: 50,
});
export const tagKeys = list(string({ min: 1, max: 128 }), { max: 50 });
export const pageMembers = {
  Marker: optional(string({ min: 1, max: 320 })),
  MaxItems: optional(string()),
  PathPrefix: optional(string({ min: 1, max: 512 })),
};
