import { strict as assert } from "assert";
import { trusts } from "../../../iam/proof/trust";
import { attached, allow, deny } from "../worlds";

describe("whether a trust policy lets anyone", () => {
  const cases: readonly (readonly [name: string, trust: Parameters<typeof trusts>[0], trusts: boolean])[] = [
    ["tag a session: no policy", undefined, false],
    ["tag a session: not known", { source: "trust", unknown: "not made" }, true],
    ["tag a session: every action", attached("trust", allow()), true],
    [
      "tag a session: this action",
      attached("trust", allow({ Action: ["sts:AssumeRole", "sts:TagSession"] })),
      true,
    ],
    ["tag a session: another action", attached("trust", allow({ Action: "sts:AssumeRole" })), false],
    ["tag a session: a denial", attached("trust", deny({ Action: "sts:TagSession" })), false],
    ["tag a session: one statement of two", attached("trust", allow({ Action: "a:B" }), allow()), true],
  ];
  for (const [name, trust, expected] of cases) {
    it(name, () => assert.equal(trusts(trust, "sts:tagsession"), expected));
  }
});
