import { strict as assert } from "assert";
import { Command } from "commander";
import { CommandFailure } from "../../cli/command-io";
import { parseCommandLine } from "../../cli/parse-command-line";
import { recordedIo } from "../support/command-io";

function vault() {
  const taken: unknown[] = [];
  const command = new Command("strongroom vault").description("Keeps things.");
  command
    .command("open <door> [light]")
    .option("--slowly", "without a noise", false)
    .action(
      (door: string, light: string | undefined, options: object) => void taken.push([door, light, options]),
    );
  command.command("close").action(() => void taken.push("close"));
  command.command("list").action(() => void taken.push("list"));
  return { command, taken };
}

const mistakes: readonly (readonly [readonly string[], string])[] = [
  [[], "vault: give open <door>, close or list"],
  [["open"], "vault: missing required argument 'door'"],
  [["open", "front", "--fast"], "vault: unknown option '--fast'"],
  [["shut"], "vault: unknown command 'shut'"],
];

describe("parseCommandLine", () => {
  it("has the command take its arguments", () => {
    const { command, taken } = vault();
    assert.equal(parseCommandLine(command, ["open", "front", "--slowly"], recordedIo(".")), true);
    assert.deepEqual(taken, [["front", undefined, { slowly: true }]]);
  });

  for (const args of [["--help"], ["open", "--help"], ["help"]]) {
    it(`writes help for ${args.join(" ")} and does nothing`, () => {
      const { command, taken } = vault();
      const io = recordedIo(".");
      assert.equal(parseCommandLine(command, args, io), false);
      assert.match(io.written(), /^Usage: strongroom vault/);
      assert.deepEqual([taken, io.errors], [[], []]);
    });
  }

  for (const [args, message] of mistakes) {
    it(`says "${message}"`, () => {
      const { command, taken } = vault();
      const io = recordedIo(".");
      assert.throws(() => parseCommandLine(command, args, io), new CommandFailure(message));
      assert.deepEqual([taken, io.written()], [[], ""]);
    });
  }
});
