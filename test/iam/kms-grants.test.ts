import { strict as assert } from "assert";
import { AccessRequest, KmsGrant, PolicyWorld, RequestContext, RequestPrincipal } from "../../iam";
import { outcome } from "./outcome";
import { ACCOUNT, allow, attached, deny, KEY, OTHER_ACCOUNT, read, session, user, world } from "./worlds";

const reader = session();
const there = session(OTHER_ACCOUNT);
const SECRET_CONTEXT = { SecretARN: "arn:secret", SecretVersionId: "v1" };
const fullContext = {
  "kms:encryptioncontext:secretarn": "arn:secret",
  "kms:encryptioncontext:secretversionid": "v1",
};
const NOT_DELEGATED = `key-policy-does-not-delegate ${ACCOUNT}`;
const GRANTED = "allowed by grant g";

function grant(given: Partial<KmsGrant> = {}): KmsGrant {
  return { grantId: "g", granteePrincipal: reader.roleArn, operations: ["Decrypt"], ...given };
}

function request(
  principal: RequestPrincipal,
  action = "kms:Decrypt",
  context: RequestContext = {},
): AccessRequest {
  return read(principal, context, { action, resource: { arn: KEY, accountId: ACCOUNT } });
}

const cases: readonly {
  name: string;
  request: AccessRequest;
  grants: readonly KmsGrant[];
  given?: Partial<PolicyWorld>;
  expected: string;
}[] = [
  { name: "to the role, its session", request: request(reader), grants: [grant()], expected: GRANTED },
  {
    name: "to the session",
    request: request(reader),
    grants: [grant({ granteePrincipal: reader.sessionArn })],
    expected: GRANTED,
  },
  {
    name: "to a user",
    request: request(user()),
    grants: [grant({ granteePrincipal: user().arn })],
    expected: GRANTED,
  },
  { name: "to someone else", request: request(user()), grants: [grant()], expected: NOT_DELEGATED },
  {
    name: "of another operation",
    request: request(reader, "kms:Encrypt"),
    grants: [grant()],
    expected: NOT_DELEGATED,
  },
  {
    name: "operations have no case",
    request: request(reader, "KMS:decrypt"),
    grants: [grant()],
    expected: GRANTED,
  },
  {
    name: "to a service",
    request: request({ kind: "service", service: "rds.amazonaws.com" }),
    grants: [grant({ granteePrincipal: "rds.amazonaws.com" })],
    expected: GRANTED,
  },
  {
    name: "to the account needs an identity policy",
    request: request(reader),
    grants: [grant({ granteePrincipal: `arn:aws:iam::${ACCOUNT}:root` })],
    expected: "not allowed by identity ()",
  },
  {
    name: "to a role of another account",
    request: request(there),
    grants: [grant({ granteePrincipal: there.roleArn })],
    expected: GRANTED,
  },
  {
    name: "to a role of another account that the key policy names too",
    request: request(there),
    grants: [grant({ granteePrincipal: there.roleArn })],
    given: { resource: attached("key", allow({ Principal: { AWS: there.sessionArn } })) },
    expected: GRANTED,
  },
  {
    name: "to another account, for an account the key policy does not trust",
    request: request(there),
    grants: [grant({ granteePrincipal: OTHER_ACCOUNT })],
    expected: "not allowed by identity ()",
  },
  {
    name: "to a role with a boundary",
    request: request(reader),
    grants: [grant()],
    given: { boundary: attached("boundary", allow({ Action: "s3:*" })) },
    expected: "not allowed by boundary (boundary)",
  },
  {
    name: "against a deny of the key policy",
    request: request(reader),
    grants: [grant()],
    given: { resource: attached("key", deny({ Principal: "*" })) },
    expected: "denied by resource key[0]",
  },
  {
    name: "against a deny of the identity policy",
    request: request(reader),
    grants: [grant()],
    given: { identity: [attached("identity", deny())] },
    expected: "denied by identity identity[0]",
  },
  {
    name: "against a service control policy",
    request: request(reader),
    grants: [grant()],
    given: { scps: [[attached("scp", allow({ Action: "s3:*" }))]] },
    expected: "not allowed by scp (scp)",
  },
  {
    name: "subset of the encryption context",
    request: request(reader, "kms:Decrypt", fullContext),
    grants: [grant({ encryptionContextSubset: { SecretARN: "arn:secret" } })],
    expected: GRANTED,
  },
  {
    name: "subset with another value",
    request: request(reader, "kms:Decrypt", fullContext),
    grants: [grant({ encryptionContextSubset: { SecretARN: "arn:Secret" } })],
    expected: NOT_DELEGATED,
  },
  {
    name: "subset, no encryption context",
    request: request(reader),
    grants: [grant({ encryptionContextSubset: { SecretARN: "arn:secret" } })],
    expected: NOT_DELEGATED,
  },
  {
    name: "equal encryption context",
    request: request(reader, "kms:Decrypt", fullContext),
    grants: [grant({ encryptionContextEquals: SECRET_CONTEXT })],
    expected: GRANTED,
  },
  {
    name: "equal, but the request has more",
    request: request(reader, "kms:Decrypt", fullContext),
    grants: [grant({ encryptionContextEquals: { SecretARN: "arn:secret" } })],
    expected: NOT_DELEGATED,
  },
  {
    name: "equal, but the request has less",
    request: request(reader, "kms:Decrypt", { "kms:encryptioncontext:secretarn": "arn:secret" }),
    grants: [grant({ encryptionContextEquals: SECRET_CONTEXT })],
    expected: NOT_DELEGATED,
  },
  {
    name: "equal in number and not in kind",
    request: request(reader, "kms:Decrypt", {
      ...fullContext,
      "kms:encryptioncontext:secretversionid": "v2",
    }),
    grants: [grant({ encryptionContextEquals: SECRET_CONTEXT })],
    expected: NOT_DELEGATED,
  },
  {
    name: "subset, of which one is another value",
    request: request(reader, "kms:Decrypt", fullContext),
    grants: [grant({ encryptionContextSubset: { ...SECRET_CONTEXT, SecretVersionId: "v2" } })],
    expected: NOT_DELEGATED,
  },
  {
    name: "equal, with keys that are no encryption context",
    request: request(reader, "kms:Decrypt", { ...fullContext, "aws:sourceip": "10.0.0.1" }),
    grants: [grant({ encryptionContextEquals: SECRET_CONTEXT })],
    expected: GRANTED,
  },
  {
    name: "of this operation among others",
    request: request(reader),
    grants: [grant({ operations: ["Encrypt", "Decrypt"] })],
    expected: GRANTED,
  },
  {
    name: "the first of two that name the caller alike",
    request: request(reader),
    grants: [grant(), grant({ grantId: "second" })],
    expected: GRANTED,
  },
  {
    name: "the one that names the caller most closely, whichever comes first",
    request: request(reader),
    grants: [grant({ granteePrincipal: reader.sessionArn }), grant({ grantId: "second" })],
    expected: GRANTED,
  },
  {
    name: "a constraint does not bind DescribeKey",
    request: request(reader, "kms:DescribeKey"),
    grants: [grant({ operations: ["DescribeKey"], encryptionContextEquals: SECRET_CONTEXT })],
    expected: GRANTED,
  },
  {
    name: "the second of two",
    request: request(reader),
    grants: [grant({ grantId: "other", operations: ["Encrypt"] }), grant()],
    expected: GRANTED,
  },
  {
    name: "the key policy is named before a grant",
    request: request(user()),
    grants: [grant({ granteePrincipal: user().arn })],
    given: { resource: attached("key", allow({ Principal: { AWS: user().arn } })) },
    expected: "allowed by key[0]",
  },
  {
    name: "grants are for KMS only",
    request: read(reader),
    grants: [grant({ operations: ["GetSecretValue"] })],
    expected: "not allowed by identity ()",
  },
];

describe("KMS grants", () => {
  for (const { name, request: asked, grants, given, expected } of cases) {
    it(`${name}: ${expected}`, () => {
      assert.equal(outcome(asked, world({ grants, ...given })), expected);
    });
  }
});
