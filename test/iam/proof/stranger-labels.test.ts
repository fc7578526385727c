import { strict as assert } from "assert";
import {
  accountCondition,
  kindCondition,
  madeUpCondition,
  organizationCondition,
} from "../../../iam/proof/stranger-labels";
import { atom, literals } from "./atoms";

const like = (text: string) => atom("StringLike", text);

describe("how strangers are told apart", () => {
  const made = ["arn:aws:iam::1:role/x", "arn:aws:iam::1:role/ab"];
  const mustHave = { noneOf: [], absent: "must not be" as const };

  it("by the ARN that a policy names", () => {
    assert.deepEqual(madeUpCondition("arn:aws:iam::1:root", made, [like("*")]), {
      key: "aws:PrincipalArn",
      anyOf: ["arn:aws:iam::1:root"],
      ...mustHave,
      text: "aws:PrincipalArn is arn:aws:iam::1:root",
    });
  });

  it("by the patterns that mean one that is made up", () => {
    const atoms = [like("*a?"), like("*b"), like("*z"), like("*b"), like("*z")];
    assert.deepEqual(
      made.map((arn) => madeUpCondition(arn, made, atoms).text),
      [
        "aws:PrincipalArn is arn:aws:iam::1:role/* and is not *a?, *b or *z",
        "aws:PrincipalArn is *a? or *b and is not *z",
      ],
    );
  });

  it("by account", () => {
    const atoms = [...literals("111111111111"), like("1*"), like("1*"), like("2*"), like("2*")];
    assert.deepEqual(
      ["111111111111", "222222222222", "300000000000"].map((id) => accountCondition(id, atoms)),
      [
        {
          key: "aws:PrincipalAccount",
          anyOf: ["111111111111", "1*"],
          noneOf: ["2*"],
          absent: "must not be",
          text: "aws:PrincipalAccount is 111111111111 or 1* and is not 2*",
        },
        {
          key: "aws:PrincipalAccount",
          anyOf: ["2*"],
          noneOf: ["111111111111", "1*"],
          absent: "must not be",
          text: "aws:PrincipalAccount is 2* and is not 111111111111 or 1*",
        },
        {
          key: "aws:PrincipalAccount",
          anyOf: [],
          noneOf: ["111111111111", "1*", "2*"],
          absent: "must not be",
          text: "aws:PrincipalAccount is not 111111111111, 1* or 2*",
        },
      ],
    );
  });

  it("by organisation, or by having none", () => {
    assert.deepEqual(
      [organizationCondition(["o-a"]), organizationCondition([], "must be")],
      [
        { key: "aws:PrincipalOrgID", anyOf: ["o-a"], ...mustHave, text: "aws:PrincipalOrgID is o-a" },
        {
          key: "aws:PrincipalOrgID",
          anyOf: [],
          noneOf: [],
          absent: "must be",
          text: "without aws:PrincipalOrgID",
        },
      ],
    );
  });

  it("by kind", () => {
    assert.deepEqual(
      (["root", "user", "role-session"] as const).map((kind) => kindCondition(kind)),
      ["Account", "User", "AssumedRole"].map((type) => ({
        key: "aws:PrincipalType",
        anyOf: [type],
        ...mustHave,
        text: `aws:PrincipalType is ${type}`,
      })),
    );
  });
});
