import { strict as assert } from "assert";
import { assignmentsIn, buildspecAssignments } from "../../../policies/credential/assignments";
import { containerAssignments } from "../../../policies/credential/containers";
import { NamedText } from "../../../policies/credential/members";

const pairs = (found: readonly NamedText[]) => found.map(({ name, text }) => `${name} = ${text}`);

describe("assignments", () => {
  const scripts: readonly (readonly [string, string, readonly string[]])[] = [
    ["none", "echo hello", []],
    ["a variable", "A=b", ["A = b"]],
    ["exported and quoted", "export A='b c'\nexport D=\"e f\"", ["A = b c", "D = e f"]],
    ["YAML", "password: hunter2\nuser : x", ["password = hunter2", "user = x"]],
    ["JSON", '{"password": "hunter 2", "b": 1}', ["password = hunter 2", "b = 1"]],
    ["an option with a sign", "run --password=hunter2 --x=1", ["password = hunter2", "x = 1"]],
    ["an option with a space", "run --password hunter2", ["password = hunter2"]],
    ["an option with a quoted value", "run --password 'hunter 2'", ["password = hunter 2"]],
    ["options without values", "run --verbose --force", []],
    ["no option in the middle of a word", "a--password hunter2", []],
    ["several on a line", "A=1;B=2 && C=3|D=4", ["A = 1", "B = 2", "C = 3", "D = 4"]],
    ["a command's output", "A=$(aws x)", ["A = $(aws"]],
    ["a variable's value", "A=${B C} D=$E", ["A = ${B C}", "D = $E"]],
    ["no value", "A=\nB=", []],
    ["dots and dashes in the name", "smtp.pass-word = x", ["smtp.pass-word = x"]],
    ["in base64", Buffer.from("export A=b").toString("base64"), ["A = b"]],
    ["an unmatched quote", "A='b", ["A = 'b"].slice(1)],
  ];
  for (const [name, text, found] of scripts) {
    it(`of a script: ${name}`, () => assert.deepEqual(pairs(assignmentsIn(text)), found));
  }

  it("of a buildspec leave out what names where values are", () => {
    const spec = [
      "env:",
      "  secrets-manager:",
      "    A: orders/database:password",
      "",
      "    B: x",
      "  parameter-store:",
      "    C: /c",
      "  variables:",
      "    D: d",
      "phases:",
      "  build:",
      "    commands: [E=e]",
    ].join("\n");
    assert.deepEqual(pairs(buildspecAssignments(spec)), ["D = d", "commands = [E=e]"]);
  });

  it("of containers are variables, members, and what commands set", () => {
    const definitions = JSON.stringify([
      {
        image: "i",
        environment: [{ name: "A", value: "a" }],
        command: ["x", "B=b"],
        entryPoint: ["C=c"],
        other: ["D=d"],
      },
      { key: "E", value: "e" },
    ]);
    assert.deepEqual(pairs(containerAssignments(definitions)), [
      "image = i",
      "A = a",
      "B = b",
      "C = c",
      "other = D=d",
      "E = e",
    ]);
    assert.deepEqual(containerAssignments("no JSON"), []);
  });
});
