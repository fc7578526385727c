import { strict as assert } from "assert";
import * as fc from "fast-check";
import { decide, compilePolicy, parsePolicy, PolicyDocument, renderPolicy } from "../../iam";
import { ACCOUNT, OTHER_ACCOUNT, read, user, world } from "./worlds";

const untidy: PolicyDocument = {
  Statement: {
    Condition: {
      StringEquals: { "aws:b": ["y", "x", "y"], "aws:a": ["z"] },
      Bool: { "aws:SecureTransport": true },
    },
    Resource: ["*"],
    Action: ["secretsmanager:PutSecretValue", "secretsmanager:GetSecretValue"],
    Principal: { Service: "lambda.amazonaws.com", AWS: ["222222222222", "111111111111"] },
    Effect: "Allow",
    Sid: "Read",
  },
  Id: "policy",
  Version: "2012-10-17",
};

const values = fc.uniqueArray(fc.constantFrom("a", "b", "c", "*"), { minLength: 1 });
const documents: fc.Arbitrary<PolicyDocument> = fc.record({
  Version: fc.constant("2012-10-17" as const),
  Statement: fc.array(
    fc.record({
      Effect: fc.constantFrom("Allow" as const, "Deny" as const),
      Principal: fc.subarray([ACCOUNT, OTHER_ACCOUNT, user().arn], { minLength: 1 }).map((AWS) => ({ AWS })),
      Action: fc.subarray(["secretsmanager:*", "kms:Decrypt", "s3:Get*"], { minLength: 1 }),
      Resource: fc.subarray(["*", "arn:aws:s3:::bucket"], { minLength: 1 }),
      Condition: fc.record({ StringLike: fc.record({ "aws:key": values, "aws:other": values }) }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

function reparsed(document: PolicyDocument): PolicyDocument {
  const parsed = parsePolicy(renderPolicy(document), "resource");
  assert.equal(parsed.ok, true);
  return parsed.ok ? parsed.document : document;
}

describe("renderPolicy", () => {
  it("has one order, sorted lists, no brackets around one value", () => {
    assert.equal(
      renderPolicy(untidy),
      '{"Version":"2012-10-17","Id":"policy","Statement":[{"Sid":"Read","Effect":"Allow",' +
        '"Principal":{"AWS":["111111111111","222222222222"],"Service":"lambda.amazonaws.com"},' +
        '"Action":["secretsmanager:GetSecretValue","secretsmanager:PutSecretValue"],"Resource":"*",' +
        '"Condition":{"Bool":{"aws:SecureTransport":true},"StringEquals":{"aws:a":"z","aws:b":["x","y"]}}}]}',
    );
  });

  it("renders what it rendered the same again", () => {
    fc.assert(
      fc.property(documents, (document) => {
        assert.equal(renderPolicy(reparsed(document)), renderPolicy(document));
      }),
    );
  });

  it("keeps what the document decides", () => {
    const context = fc.record({
      "aws:key": fc.constantFrom("a", "z"),
      "aws:other": fc.constantFrom("b", "z"),
    });
    fc.assert(
      fc.property(documents, context, (document, given) => {
        const decisions = [document, reparsed(document)].map((each) =>
          decide(
            read(user(), given),
            world({ resource: { source: "resource", policy: compilePolicy(each) } }),
          ),
        );
        assert.deepEqual(decisions[0], decisions[1]);
      }),
    );
  });
});
