import { strict as assert } from "assert";
import { documentUses } from "../../../policies/documents/document-uses";
import { namedArns } from "../../../policies/documents/named-arns";
import { buildGraph } from "../../../policies/stack/graph";
import { allow, worker } from "../support/identity";

describe("the things of a service that a document names", () => {
  const cases: readonly (readonly [string, string | readonly string[], readonly string[]])[] = [
    ["are none of everything", "*", []],
    ["are those of the service", ["arn:aws:s3:::a", "arn:aws:sqs:eu-west-1:1:b"], ["arn:aws:s3:::a"]],
    ["are an example for each pattern", "arn:aws:s3:::a-*/?", ["arn:aws:s3:::a-any/a"]],
    [
      "are in the account where a pattern leaves it open",
      "arn:aws:s3:eu-west-1:*:a",
      ["arn:aws:s3:eu-west-1:111111111111:a"],
    ],
    ["are those of any service", "arn:aws:*:*:222222222222:a", ["arn:aws:any:any:222222222222:a"]],
    ["are no words", ["s3", "a"], []],
  ];
  for (const [name, resources, expected] of cases) {
    it(name, () => {
      const [use] = documentUses(buildGraph(worker(allow("s3:*", resources))));
      assert.deepEqual(namedArns(use!, "s3"), expected);
    });
  }
});
