import { ReaderRow } from "../../../cli/access/reader-rows";

/** A row as the proof would give it, for tests of what is made of rows. */
export function row(changes: Partial<ReaderRow> = {}): ReaderRow {
  return {
    secret: "orders",
    who: { kind: "principal", arn: "arn:aws:iam::222222222222:role/app", accountId: "222222222222" },
    key: "arn:aws:iam::222222222222:role/app",
    reader: "role app of 222222222222",
    regions: ["eu-west-1"],
    when: [{ regions: ["eu-west-1"], conditions: "aws:SourceVpc is vpc-1" }],
    standing: "declared",
    isAssumed: false,
    call: "GetSecretValue by arn:aws:iam::222222222222:role/app, through vpce-1",
    cannotTell: [],
    ...changes,
  };
}
