import { StateResource } from "../check/exported-state";
import { CommandFailure } from "../command-io";

interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  readonly newState?: StateResource;
}

/** Operations after which a resource is gone. */
const ENDINGS: ReadonlySet<string> = new Set(["delete", "discard", "forget", "remove"]);

/**
 * The state that an update would leave: what is deployed with the steps of `pulumi preview --json` over it. Outputs that
 * are only known after the update are left out, and unknown inputs stand as the engine writes them.
 *
 * @param name how messages call the preview
 * @throws CommandFailure when the text is no such preview
 */
export function previewedState(
  deployed: readonly StateResource[],
  preview: string,
  name: string,
): readonly StateResource[] {
  const steps = stepsIn(preview, name);
  const after = new Map(deployed.map((resource) => [resource.urn, resource]));
  const touched: string[] = [];
  for (const { op, urn, newState } of steps) {
    if (ENDINGS.has(op)) after.delete(urn);
    if (newState === undefined || op === "same" || op.startsWith("delete")) continue;
    const isNew = !after.has(urn) || op.includes("replace");
    after.set(urn, isNew ? newState : changed(after.get(urn)!, newState));
    if (isNew) touched.push(urn);
  }
  // New ones come in the order of the program, after what was there.
  const rest = [...after.values()].filter(({ urn }) => !touched.includes(urn));
  return [...rest, ...touched.flatMap((urn) => after.get(urn) ?? [])];
}

/** An update keeps the outputs that the program does not set. */
function changed(before: StateResource, after: StateResource): StateResource {
  const outputs = { ...before.outputs, ...after.inputs };
  return { ...before, ...after, id: before.id, outputs: after.outputs ?? outputs } as StateResource;
}

function stepsIn(text: string, name: string): readonly PreviewStep[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandFailure(`${name} is no JSON, or is cut off: ${text.length} characters were read`);
  }
  const steps = (value as { steps?: unknown } | null)?.steps;
  if (!Array.isArray(steps)) {
    throw new CommandFailure(
      `${name} is no preview: it has no steps; make one with pulumi preview --json` + diagnostics(value),
    );
  }
  return steps as readonly PreviewStep[];
}

/** What the program said, where the preview failed. */
function diagnostics(value: unknown): string {
  const list = (value as { diagnostics?: readonly { message?: unknown; severity?: unknown }[] } | null)
    ?.diagnostics;
  const errors = (list ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => String(message));
  return errors.length === 0 ? "" : `\n${errors.join("\n")}`;
}
