import { itCompares, itHolds } from "./condition-cases";

const ROLE = "arn:aws:iam::111111111111:role/service/reader";

describe("ARN operators", () => {
  for (const operator of ["ArnEquals", "ArnLike"]) {
    itCompares(operator, [
      [ROLE, ROLE, true],
      ["arn:aws:iam::111111111111:role/service/*", ROLE, true],
      ["arn:aws:iam::*:role/service/reader", ROLE, true],
      ["arn:aws:iam:*:role/service/reader", ROLE, false],
      ["arn:aws:iam::222222222222:role/*", ROLE, false],
      ["*", ROLE, true],
      [ROLE, "reader", false],
      [ROLE, undefined, false],
    ]);
  }
  for (const operator of ["ArnNotEquals", "ArnNotLike"]) {
    itCompares(operator, [
      [ROLE, ROLE, false],
      ["arn:aws:iam::111111111111:role/service/*", ROLE, false],
      ["arn:aws:iam::222222222222:role/*", ROLE, true],
      [ROLE, undefined, true],
    ]);
  }

  itHolds([
    {
      name: "a variable",
      block: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::${aws:ResourceAccount}:role/*" } },
      context: { "aws:principalarn": ROLE, "aws:resourceaccount": "111111111111" },
      holds: true,
    },
    {
      name: "a variable without a value",
      block: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::${aws:ResourceAccount}:role/*" } },
      context: { "aws:principalarn": ROLE },
      holds: false,
    },
    {
      name: "a variable without a value, negated",
      block: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::${aws:ResourceAccount}:role/*" } },
      context: { "aws:principalarn": ROLE },
      holds: true,
    },
  ]);
});
