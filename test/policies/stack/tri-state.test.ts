import { strict as assert } from "assert";
import { unknownCheckingProxy } from "@pulumi/policy";
import {
  indexesOf,
  orDefault,
  read,
  readArray,
  readBoolean,
  readNumber,
  readString,
  readWhole,
} from "../../../policies/stack/tri-state";
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
  ["a text read as number is absent", () => readNumber(props, "name"), absent],
  ["a known boolean", () => readBoolean({ on: false }, "on"), { state: "known", value: false }],
  ["a text read as boolean is absent", () => readBoolean(props, "name"), absent],
  ["an unknown boolean", () => readBoolean(props, "arn"), unknown],
  ["a list with null in it", () => readWhole({ a: [1, null, 2] }, "a"), { state: "known", value: [1, 2] }],
  [
    "an object with null in it",
    () => readWhole({ a: { b: null, c: { d: null, e: 0 } } }, "a"),
    { state: "known", value: { c: { e: 0 } } },
  ],
  [
    "an unknown part deep inside",
    () => readWhole({ a: { b: { c: "[secret]" } } }, "a"),
    { ...unknown, redacted: true },
  ],
  ["a default for what is absent", () => orDefault({ state: "absent" }, 7), { state: "known", value: 7 }],
  [
    "no default for what is known",
    () => orDefault({ state: "known", value: 1 }, 7),
    { state: "known", value: 1 },
  ],
  ["no default for what is not known", () => orDefault({ state: "unknown" }, 7), unknown],
  ["the indexes of a list", () => indexesOf({ state: "known", value: ["a", "b"] }), [0, 1]],
  ["no indexes of an unknown list", () => indexesOf({ state: "unknown" }), []],
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
