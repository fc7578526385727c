import { keyRotation } from "../../../../policies/rules/keys/key-rotation";
import { testRule } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix = "Set enableKeyRotation, and rotationPeriodInDays to at most the limit.";
const key = (props: Record<string, unknown>) => [resource("key", "main", { props })];
const off = [{ on: "main", violation: `Key "main" is not rotated automatically. ${fix}` }];
const slow = (days: number, limit: number) => [
  { on: "main", violation: `Key "main" is rotated every ${days} days, more than ${limit}. ${fix}` },
];

testRule(keyRotation, [
  { name: "off by default", stack: key({}), says: off },
  { name: "off", stack: key({ enableKeyRotation: false }), says: off },
  { name: "on, with KMS's own period", stack: key({ enableKeyRotation: true }), says: [] },
  { name: "at the limit", stack: key({ enableKeyRotation: true, rotationPeriodInDays: 365 }), says: [] },
  {
    name: "a day over it",
    stack: key({ enableKeyRotation: true, rotationPeriodInDays: 366 }),
    says: slow(366, 365),
  },
  {
    name: "KMS's own period over a tighter limit",
    stack: key({ enableKeyRotation: true }),
    config: { maximumDays: 180 },
    says: slow(365, 180),
  },
  {
    name: "an asymmetric key cannot be rotated",
    stack: key({ customerMasterKeySpec: "RSA_2048", keyUsage: "SIGN_VERIFY" }),
    says: [],
  },
  {
    name: "an HMAC key cannot be rotated",
    stack: key({ customerMasterKeySpec: "HMAC_256", keyUsage: "GENERATE_VERIFY_MAC" }),
    says: [],
  },
  {
    name: "a key in a custom key store cannot be rotated",
    stack: key({ customKeyStoreId: "cks-1" }),
    says: [],
  },
  {
    name: "a symmetric key, said so",
    stack: key({ customerMasterKeySpec: "SYMMETRIC_DEFAULT", keyUsage: "ENCRYPT_DECRYPT" }),
    says: off,
  },
  {
    name: "a symmetric key that only makes codes cannot be rotated",
    stack: key({ keyUsage: "GENERATE_VERIFY_MAC" }),
    says: [],
  },
  {
    name: "an asymmetric key that encrypts cannot be rotated",
    stack: key({ customerMasterKeySpec: "RSA_2048", keyUsage: "ENCRYPT_DECRYPT" }),
    says: [],
  },
  {
    name: "an asymmetric key, whatever its use",
    stack: key({ customerMasterKeySpec: "RSA_2048" }),
    says: [],
  },
  {
    name: "an asymmetric key whose use is not known",
    stack: key({ customerMasterKeySpec: "RSA_2048", keyUsage: unknownText }),
    says: [],
  },
  {
    name: "a key that makes codes and whose kind is not known",
    stack: key({ customerMasterKeySpec: unknownText, keyUsage: "GENERATE_VERIFY_MAC" }),
    says: [],
  },
  { name: "a key held outside of AWS cannot be rotated", stack: key({ xksKeyId: "xks-1" }), says: [] },
  { name: "no custom key store", stack: key({ customKeyStoreId: "", xksKeyId: "" }), says: off },
  ...["customerMasterKeySpec", "keyUsage", "customKeyStoreId", "xksKeyId", "rotationPeriodInDays"].map(
    (property) => ({
      name: `an unknown ${property}`,
      stack: key({ enableKeyRotation: true, [property]: unknownText }),
      says: [
        {
          on: "main",
          undecided: 'how Key "main" is rotated is not known / the values of its rotation properties',
        },
      ],
    }),
  ),
  {
    name: "an unknown switch",
    stack: key({ enableKeyRotation: unknownText }),
    says: [
      {
        on: "main",
        undecided: 'how Key "main" is rotated is not known / the values of its rotation properties',
      },
    ],
  },
  {
    name: "a period the provider has yet to say",
    stack: [resource("key", "main", { props: { enableKeyRotation: true } })],
    says: [],
  },
]);
