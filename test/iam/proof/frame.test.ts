import { strict as assert } from "assert";
import { Frame, keyState } from "../../../iam/proof/frame";
import { fixed, KeyValue, textDomain } from "../../../iam/proof/key-domain";
import { Subject } from "../../../iam/proof/subject";
import { session } from "../worlds";
import { stateText } from "./state-text";

describe("what is known of a key", () => {
  const subject = {
    principal: session(),
    key: (key: string, { action }: Frame) =>
      /own$|aws:resourcetag|aws:sourceip/.test(key) ? fixed(`the caller's, for ${action}`) : undefined,
  } as unknown as Subject;
  const frame = {
    action: "a:B",
    route: "forwarded",
    fixed: new Map<string, KeyValue>([
      ["fixed own", "the request's"],
      ["absent own", undefined],
      ["both own", "the request's"],
    ]),
    free: new Map([
      ["free own", textDomain("free own")],
      ["both own", textDomain("both own")],
    ]),
  } as unknown as Frame;
  const cases: Readonly<Record<string, string>> = {
    "fixed own": "the request's",
    "absent own": "absent",
    "both own": "the request's",
    "free own": "any ?* of key:free own, or absent",
    own: "the caller's, for a:B",
    "aws:sourceip": "the caller's, for a:B",
    "aws:resourcetag/team": "absent",
    "x-aws:resourcetag/team own": "the caller's, for a:B",
    "aws:viaawsservice": "true",
    "aws:notakey": "unknown",
  };
  for (const [key, state] of Object.entries(cases)) {
    it(key, () => assert.equal(stateText(keyState(frame, subject, key)), state));
  }
});
