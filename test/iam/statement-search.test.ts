import { strict as assert } from "assert";
import { prepareEvaluation } from "../../iam/evaluation";
import { findAllow, findClosestAllow, findDeny, refTo, sourcesOf } from "../../iam/statement-search";
import { ACCOUNT, allow, attached, deny, read, session } from "./worlds";

const reader = session();
const evaluation = prepareEvaluation(read(reader), false);
const first = attached("first", allow({ Action: "s3:*" }), deny({ Action: "s3:*" }));
const second = attached("second", allow({ Sid: "Read" }), allow(), deny({ Sid: "No" }));

describe("the search for a statement", () => {
  it("finds the first that allows and the first that denies", () => {
    const found = [findAllow([first, second], evaluation), findDeny([first, second], evaluation)];
    assert.deepEqual(
      found.map((each) => each && refTo(each)),
      [
        { source: "second", index: 0, sid: "Read" },
        { source: "second", index: 2, sid: "No" },
      ],
    );
  });

  it("finds none when none applies", () => {
    assert.deepEqual([findAllow([first], evaluation), findDeny([first], evaluation)], [undefined, undefined]);
  });

  it("finds the one that names the caller most closely", () => {
    const resource = attached(
      "resource",
      allow({ Principal: { AWS: ACCOUNT } }),
      allow({ Principal: { AWS: reader.roleArn } }),
      allow({ Principal: { AWS: reader.sessionArn }, Action: "s3:*" }),
      allow({ Principal: { AWS: ACCOUNT } }),
    );
    const found = findClosestAllow(resource, evaluation);
    assert.deepEqual(found && refTo(found), { source: "resource", index: 1 });
  });

  it("names the documents it looked at", () => {
    assert.deepEqual(sourcesOf([first, second]), ["first", "second"]);
  });
});
