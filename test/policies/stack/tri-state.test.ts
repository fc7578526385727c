import { strict as assert } from "assert";
import { unknownCheckingProxy } from "@pulumi/policy";
import { read, readArray, readNumber, readString, readWhole } from "../../../policies/stack/tri-state";
import { unknownArray, unknownObject, unknownText } from "../support/stack";

const props = unknownCheckingProxy({
  name: "orders",
  days: 30,
  arn: unknownText,
  list: unknownArray,
  tags: unknownObject,
  hidden: "[secret]",
  empty: null,
  replicas: [{ region: "eu-central-1", kmsKeyId: unknownText }, { region: "eu-west-2" }],
}) as unknown;

const unknown = { state: "unknown" };
const absent = { state: "absent" };

const cases: readonly (readonly [string, () => unknown, unknown])[] = [
  ["a known text", () => readString(props, "name"), { state: "known", value: "orders" }],
  ["a known number", () => readNumber(props, "days"), { state: "known", value: 30 }],
  ["a number read as text is absent", () => readString(props, "days"), absent],
  ["an unknown text", () => readString(props, "arn"), unknown],
  ["an unknown list", () => readArray(props, "list"), unknown],
  ["a member of an unknown object", () => readString(props, "tags", "owner"), unknown],
  ["a redacted secret", () => readString(props, "hidden"), { state: "unknown", redacted: true }],
  ["null", () => read(props, "empty"), absent],
  ["a missing property", () => read(props, "kmsKeyId"), absent],
  ["a member of a missing property", () => read(props, "rotationRules", "duration"), absent],
  ["a member of a text", () => read(props, "name", "length"), absent],
  [
    "a known member beside an unknown one",
    () => readString(props, "replicas", 0, "region"),
    { state: "known", value: "eu-central-1" },
  ],
  ["an unknown member of a list", () => readString(props, "replicas", 0, "kmsKeyId"), unknown],
  ["a whole object with one unknown part", () => readWhole(props, "replicas", 0), unknown],
  [
    "a whole object without",
    () => readWhole(props, "replicas", 1),
    { state: "known", value: { region: "eu-west-2" } },
  ],
  ["a whole list with one unknown part", () => readWhole(props, "replicas"), unknown],
];

describe("reading a property", () => {
  for (const [name, reading, expected] of cases) {
    it(name, () => assert.deepEqual(reading(), expected));
  }

  it("passes errors on that are no unknowns", () => {
    const broken = Object.defineProperty({}, "name", {
      get: () => {
        throw new Error("broken");
      },
    });
    assert.throws(() => read(broken, "name"), /broken/);
  });
});
