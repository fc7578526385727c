import { strict as assert } from "assert";
import { asBaseline, asJson, asMarkdown, asTable } from "../../../cli/access/list-formats";
import { row } from "./rows";

const rows = [
  row(),
  row({
    reader: "anybody, without credentials",
    key: "anonymous",
    who: { kind: "anonymous" },
    standing: "undeclared",
  }),
  row({
    secret: "payments",
    isAssumed: true,
    regions: ["eu-west-1", "eu-central-1"],
    when: [
      { regions: ["eu-west-1"], conditions: "always" },
      { regions: ["eu-central-1"], conditions: "a | b" },
    ],
    call: undefined,
    cannotTell: ["key policy: not known"],
  }),
];

describe("the list of readers", () => {
  it("is a table with each secret's name once", () => {
    assert.equal(
      asTable(rows, ["the account of x is not known"]),
      [
        "secret    reader                        Regions                 when                                                          declared",
        "--------  ----------------------------  ----------------------  ------------------------------------------------------------  -----------------------------------",
        "orders    role app of 222222222222      eu-west-1               aws:SourceVpc is vpc-1                                        declared",
        "          anybody, without credentials  eu-west-1               aws:SourceVpc is vpc-1                                        NOT DECLARED",
        "payments  role app of 222222222222      eu-west-1 eu-central-1  eu-west-1: always; eu-central-1: a | b; cannot tell: key      declared, if its own policies allow",
        "                                                                policy: not known",
        "cannot tell: the account of x is not known",
        "",
      ].join("\n"),
    );
  });

  it("is Markdown in which a name cannot end a cell", () => {
    const [, , , , last] = asMarkdown(rows, []).split("\n");
    assert.equal(
      last,
      "| payments | role app of 222222222222 | eu-west-1, eu-central-1 | eu-west-1: always; eu-central-1: a \\| b; " +
        "cannot tell: key policy: not known | declared, if its own policies allow |",
    );
  });

  it("is JSON with everything", () => {
    assert.deepEqual(JSON.parse(asJson(rows, ["x"])), {
      readers: JSON.parse(JSON.stringify(rows)),
      cannotTell: ["x"],
    });
  });

  it("is a baseline of those who can read for certain", () => {
    assert.deepEqual(JSON.parse(asBaseline(rows)), {
      "secret-no-new-readers": { baseline: { orders: ["anonymous", "arn:aws:iam::222222222222:role/app"] } },
    });
  });
});
