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
