import { strict as assert } from "assert";
import { oneLine } from "../../cli/one-line";

describe("a text as one line", () => {
  const cases: readonly (readonly [name: string, text: string, line: string])[] = [
    ["of one line stays", "a  b", "a  b"],
    ["joins lines by one space", "a \n\n  b\r\nc", "a b c"],
    ["has nothing around it", "\n a \n", "a"],
    ["may be empty", " \n ", ""],
  ];
  for (const [name, text, line] of cases) it(name, () => assert.equal(oneLine(text), line));
});
