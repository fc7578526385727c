import { strict as assert } from "assert";
import { previewedState } from "../../../cli/access/previewed-state";
import { CommandFailure } from "../../../cli/command-io";

const urn = (name: string) => `urn:pulumi:test::app::aws:iam/role:Role::${name}`;
const state = (name: string, props: object) => ({
  urn: urn(name),
  type: "aws:iam/role:Role",
  id: name,
  inputs: { ...props },
  outputs: { arn: `arn:${name}`, ...props },
});

const step = (op: string, name: string, inputs?: object) => ({
  op,
  urn: urn(name),
  ...(inputs === undefined ? {} : { newState: { urn: urn(name), type: "aws:iam/role:Role", inputs } }),
});

const after = (steps: readonly object[]) =>
  previewedState(
    [state("a", { path: "/" }), state("b", { path: "/" })],
    JSON.stringify({ steps }),
    "the preview",
  ).map(({ urn: one, id, inputs, outputs }) => ({ name: one.split("::").at(-1), id, inputs, outputs }));

const kept = (name: string) => ({
  name,
  id: name,
  inputs: { path: "/" },
  outputs: { arn: `arn:${name}`, path: "/" },
});

describe("the state that a preview would leave", () => {
  const cases: readonly {
    readonly name: string;
    readonly steps: readonly object[];
    readonly leaves: unknown;
  }[] = [
    {
      name: "is what is deployed when nothing changes",
      steps: [step("same", "a", {})],
      leaves: [kept("a"), kept("b")],
    },
    { name: "has no deleted resource", steps: [step("delete", "a")], leaves: [kept("b")] },
    {
      name: "keeps the outputs of a changed resource, under its new inputs",
      steps: [step("update", "b", { path: "/team/" })],
      leaves: [
        kept("a"),
        { name: "b", id: "b", inputs: { path: "/team/" }, outputs: { arn: "arn:b", path: "/team/" } },
      ],
    },
    {
      name: "knows nothing but the inputs of a new resource, and of one that is made anew",
      steps: [
        step("create", "c", { path: "/new/" }),
        step("create-replacement", "a", { path: "/anew/" }),
        step("delete-replaced", "a", { path: "/" }),
      ],
      leaves: [
        kept("b"),
        { name: "c", id: undefined, inputs: { path: "/new/" }, outputs: undefined },
        { name: "a", id: undefined, inputs: { path: "/anew/" }, outputs: undefined },
      ],
    },
  ];
  for (const { name, steps, leaves } of cases) it(name, () => assert.deepEqual(after(steps), leaves));

  it("refuses a text that is cut off, and one that is no preview, with what the program said", () => {
    const failing = (text: string) => () => previewedState([], text, "p.json");
    assert.throws(
      failing('{"steps": ['),
      new CommandFailure("p.json is no JSON, or is cut off: 11 characters were read"),
    );
    const failed = {
      diagnostics: [
        { severity: "error", message: "boom" },
        { severity: "info", message: "hm" },
      ],
    };
    assert.throws(
      failing(JSON.stringify(failed)),
      new CommandFailure("p.json is no preview: it has no steps; make one with pulumi preview --json\nboom"),
    );
  });
});
