import { CommandFailure } from "../command-io";

/** One step of a preview in an event log; the members that are used here. */
interface StepEvent {
  readonly resourcePreEvent?: {
    readonly metadata: {
      readonly op: string;
      readonly urn: string;
      readonly new?: {
        readonly type: string;
        readonly urn: string;
        readonly inputs?: object;
        readonly provider?: string;
        readonly parent?: string;
      };
    };
  };
}

/**
 * The steps in the event log of a preview, in the form of `pulumi preview --json`: so that a preview that has run with a
 * policy pack need not run again.
 *
 * @param text lines of JSON, as `--event-log` writes them
 * @throws CommandFailure when it is cut off or something else
 */
export function stepsInEventLog(text: string): string {
  const events = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(eventIn);
  const steps = events.flatMap(({ resourcePreEvent }) => {
    if (resourcePreEvent === undefined) return [];
    const { op, urn, new: state } = resourcePreEvent.metadata;
    if (state === undefined || state === null) return [{ op, urn }];
    const { type, inputs, provider, parent } = state;
    return [{ op, urn, newState: { urn, type, inputs, provider, parent } }];
  });
  return JSON.stringify({ steps });
}

function eventIn(line: string, index: number): StepEvent {
  try {
    return JSON.parse(line) as StepEvent;
  } catch {
    throw new CommandFailure(`the event log is cut off or damaged: line ${index + 1} is no event`);
  }
}
