import { strict as assert } from "assert";
import { stepsInEventLog } from "../../../cli/access/event-log-steps";
import { CommandFailure } from "../../../cli/command-io";

const urn = "urn:pulumi:dev::app::aws:kms/key:Key::main";
const type = "aws:kms/key:Key";
const log = (...events: readonly object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join("");
const step = (metadata: object) => ({ resourcePreEvent: { metadata: { urn, ...metadata } } });

describe("the steps in an event log", () => {
  it("are those of the preview, without what is not a step", () => {
    const state = { urn, type, inputs: { enabled: true }, provider: "p::1", parent: "q" };
    const text = log(
      { preludeEvent: {} },
      step({ op: "update", new: { ...state, more: 1 } }),
      step({ op: "delete" }),
    );
    assert.deepEqual(JSON.parse(stepsInEventLog(text)), {
      steps: [
        { op: "update", urn, newState: state },
        { op: "delete", urn },
      ],
    });
  });

  it("are refused where the log is cut off in the middle, without what it says", () => {
    const text = log(step({ op: "same" }), step({ op: "update", new: { type, urn } }));
    assert.throws(
      () => stepsInEventLog(text.slice(0, -20)),
      new CommandFailure("the event log is cut off or damaged: line 2 is no event"),
    );
  });
});
