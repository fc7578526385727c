import { strict as assert } from "assert";
import { Secret, StackValidationArgs } from "@pulumi/policy";
import { undecided, violation } from "../../policies/findings";
import { anyOrganization } from "../../policies/organization";
import { GraphRule, graphRule } from "../../policies/rule";
import { Run } from "../../policies/run";
import { Resource } from "../../policies/stack/resource";
import { resource } from "./support/stack";

const data = { title: "x", severity: "low", frameworks: [], mapsTo: {}, remediation: "Fix it" } as const;
/** A rule that finds its setting on every resource. */
const saying = (id: string, prepare?: GraphRule["prepare"]): GraphRule<any> =>
  graphRule({
    ...data,
    id,
    code: id.toUpperCase(),
    settings: { word: { type: "string", default: "odd" } },
    ...(prepare === undefined ? {} : { prepare }),
    check: (graph, { word }) => graph.resources.map((one) => violation(one, `it is ${word}`, "Fix it")),
  });
const args = (...resources: readonly Resource[]) => ({ resources }) as unknown as StackValidationArgs;
const noted = (one: Resource, props: object) => ({ ...one, props }) as never;
const withoutMark = (text: string) => text.replace(/ \[[0-9a-f]{12}\]$/, "");

describe("what a resource is noted with", () => {
  it("is itself where nobody said what is secret", () => {
    const one = noted(resource("secret", "a"), {});
    assert.equal(new Run([]).note(one), one);
  });
  it("are the paths of its secrets", () => {
    const run = new Run([]);
    const one = resource("secret", "a");
    run.noteSecrets(one.urn, { a: new Secret("x"), b: "y" });
    assert.deepEqual(run.note(noted(one, {})).secretPaths, [["a"]]);
    assert.equal(run.note(noted(resource("secret", "b"), {})).secretPaths, undefined);
  });
});

describe("the graph of a run", () => {
  const one = () => resource("secret", "a", { props: { name: "out" } });
  it("is built once, and anew for a policy that does not come after the last", () => {
    const run = new Run([]);
    const first = run.graphFor(0, args(one()));
    assert.equal(run.graphFor(1, args(one())), first);
    assert.equal(run.graphFor(2, args(one())), first);
    assert.notEqual(run.graphFor(2, args(one())), first);
    const second = run.graphFor(3, args(one()));
    assert.notEqual(second, first);
    assert.notEqual(run.graphFor(0, args(one())), second);
  });
  it("has what the program gave, and what it keeps as secrets", () => {
    const run = new Run([]);
    const [seen, unseen] = [one(), resource("secret", "b")];
    run.noteSecrets(seen.urn, { a: new Secret("x") });
    run.note(noted(seen, { name: "in" }));
    const { resources } = run.graphFor(0, args(seen, unseen));
    assert.deepEqual(
      resources.map(({ inputs, secretPaths }) => [inputs, secretPaths]),
      [
        [{ name: "in" }, [["a"]]],
        [undefined, undefined],
      ],
    );
    assert.ok(!("inputs" in unseen) && !("secretPaths" in unseen));
  });
  it("does not take the inputs of the stack for its outputs", () => {
    const run = new Run([]);
    const stack = resource("stack", "s");
    run.noteSecrets(stack.urn, { a: new Secret("x") });
    assert.equal(run.graphFor(0, args(stack)).resources[0]?.secretPaths, undefined);
  });
  it("may be empty", () => assert.deepEqual(new Run([]).graphFor(0, args()).resources, []));
});

describe("what a run says", () => {
  it("is each violation with its resource, and notes what could not be told", () => {
    const rule = saying("a");
    const run = new Run([rule]);
    const [one, two] = [resource("secret", "one"), resource("secret", "two")];
    const said: (readonly [string, string])[] = [];
    const findings = [violation(one, "it is open", "Close it"), undecided(two, "it is new", "the update")];
    run.say(rule, "x", findings, (message, urn) => said.push([withoutMark(message), urn]));
    assert.deepEqual(said, [["It is open. Close it.", one.urn]]);
    assert.equal(run.notes.takeText(), "A: it is new; decided by the update");
  });
  it("replaces what was noted of the same subject", () => {
    const rule = saying("a");
    const run = new Run([rule]);
    const one = resource("secret", "one");
    run.say(rule, "x", [undecided(one, "it is new", "the update")], assert.fail);
    run.say(rule, "x", [], assert.fail);
    assert.equal(run.notes.isEmpty(), true);
  });
});

describe("rules that are judged ahead", () => {
  const one = resource("secret", "one");
  const started = (rules: readonly GraphRule[], settings: Readonly<Record<string, object>>) => {
    const run = new Run(rules);
    for (const rule of rules) if (rule.id in settings) run.configure(rule, settings[rule.id]!);
    run.graphFor(0, args(one));
    return run;
  };
  const texts = (run: Run, rule: GraphRule) =>
    run.saidAhead(rule)?.map(({ message, urn }) => [withoutMark(message), urn]);

  it("are those whose settings are known, with their settings", () => {
    const [a, b, c] = [saying("a"), saying("b"), saying("c")];
    const run = started([a, b, c], { a: {}, b: { word: "bad" } });
    assert.deepEqual([run.isJudged(), texts(run, a)], [false, undefined]);
    assert.equal(run.judgeAhead(), undefined);
    assert.equal(run.isJudged(), true);
    assert.deepEqual(texts(run, a), [["It is odd. Fix it.", one.urn]]);
    assert.deepEqual(texts(run, b), [["It is bad. Fix it.", one.urn]]);
    assert.equal(texts(run, c), undefined);
  });

  it("are waited for when one has to be prepared", async () => {
    let prepared = false;
    const a = saying("a", () => Promise.resolve().then(() => void (prepared = true)));
    const run = started([a, saying("b", () => undefined)], { a: {}, b: {} });
    const ready = run.judgeAhead();
    assert.ok(ready instanceof Promise);
    assert.equal(run.isJudged(), false);
    await ready;
    assert.deepEqual([prepared, run.isJudged(), texts(run, a)?.length], [true, true, 1]);
  });

  it("are told the organisation", () => {
    const ids: string[] = [];
    const rule = graphRule({
      ...data,
      id: "a",
      code: "A",
      settings: {},
      check: (_, __, { id }) => (ids.push(id), []),
    });
    const run = started([rule], { a: {} });
    void run.judgeAhead();
    run.organization = { ...anyOrganization, id: "o-1" };
    void run.judgeAhead();
    assert.deepEqual(ids, ["", "o-1"]);
  });
});
