import { strict as assert } from "assert";
import { PolicyConfigSchema, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { undecided, violation } from "../../policies/findings";
import { organizationSettings } from "../../policies/organization";
import { policiesOf } from "../../policies/pack";
import { graphRule, resourceRule, Rule } from "../../policies/rule";
import { Resource, types } from "../../policies/stack/resource";
import { resource } from "./support/stack";

type Policy = ResourceValidationPolicy & StackValidationPolicy;

const data = {
  title: "Things are closed",
  severity: "high",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
    { name: "HIPAA", version: "2013", reference: "164.312(a)(1)" },
  ],
  mapsTo: {},
  remediation: "Close it",
  settings: { word: { type: "string", default: "open" } },
} as const;
const saying = (one: Resource, word: string) => violation(one, `${one.name} is ${word}`, "Close it");

const ofSecrets = (more: object = {}): Rule =>
  resourceRule({
    ...data,
    id: "secret-closed",
    code: "T-01",
    appliesTo: types.secret,
    check: (one, { word }) => [saying(one, word)],
    ...more,
  });
const ofStack = (more: object = {}): Rule =>
  graphRule({
    ...data,
    id: "stack-closed",
    code: "T-02",
    check: ({ resources }, { word }) => resources.map((one) => saying(one, word)),
    ...more,
  });

const packOf = (...rules: readonly Rule[]) => policiesOf(rules) as readonly Policy[];
const named = (pack: readonly Policy[], name: string) => pack.find((one) => one.name === name)!;
const withoutMark = (text: string) => text.replace(/ \[[^\]]*\]$/, "");

/** A call of a policy as the SDK makes it; what it reports, with the URN where one is given. */
function call(config: object = {}) {
  const said: (readonly unknown[])[] = [];
  const report = (message: string, ...urn: readonly unknown[]) =>
    void said.push([withoutMark(message), ...urn]);
  const args = { getConfig: () => config, stackTags: new Map(), notApplicable: () => assert.fail() };
  return { said, report, args };
}

/** What a policy reports of one resource; `undefined` where the SDK does not even ask. */
async function ofOne(policy: Policy, one: Resource, config: object = {}) {
  const { said, report, args } = call(config);
  const { validateResource: validate } = policy;
  assert.ok(typeof validate === "function");
  const { __pulumiType: only } = validate as { readonly __pulumiType?: string };
  if (only !== undefined && only !== one.type) return undefined;
  await validate({ ...one, ...args } as never, report);
  return said;
}

/** What a policy reports of a stack; `undefined` where it asks for none. */
async function ofAll(policy: Policy, resources: readonly Resource[], config: object = {}) {
  const { said, report, args } = call(config);
  const { validateStack: validate } = policy;
  if (validate === undefined) return undefined;
  await validate({ ...args, resources } as never, report);
  return said;
}

/** What the SDK tells the engine of a policy. */
function shown({ name, displayName, description, enforcementLevel, severity, ...more }: Policy) {
  const { remediationSteps, configSchema, tags, framework } = more;
  const settings = configSchema && Object.keys((configSchema as PolicyConfigSchema).properties);
  const rest = { remediationSteps, settings, tags, framework };
  return { name, displayName, description, enforcementLevel, severity, ...rest };
}

const bare = { remediationSteps: undefined, settings: undefined, tags: undefined, framework: undefined };
const secret = resource("secret", "orders", { props: { name: "orders" } });
const bucket = resource("role", "reader");
const stack = resource("stack", "test-dev");

describe("a rule as a policy", () => {
  const common = {
    enforcementLevel: "mandatory",
    severity: "high",
    remediationSteps: "Close it",
    settings: ["word"],
    framework: {
      name: "PCI DSS",
      version: "4.0.1",
      reference: "7.2.2",
      specification: "Things are closed",
    },
  };
  const tagsOf = (code: string) => [code, "PCI DSS 4.0.1: 7.2.2", "HIPAA 2013: 164.312(a)(1)"];

  it("says all that is known of it", () => {
    const pack = packOf(ofSecrets(), ofStack());
    assert.deepEqual(
      [shown(named(pack, "secret-closed")), shown(named(pack, "stack-closed"))],
      [
        {
          ...common,
          name: "secret-closed",
          displayName: "T-01 Things are closed",
          description: "T-01: Things are closed.",
          tags: tagsOf("T-01"),
        },
        {
          ...common,
          name: "stack-closed",
          displayName: "T-02 Things are closed",
          description: "T-02: Things are closed.",
          tags: tagsOf("T-02"),
        },
      ],
    );
    assert.deepEqual(
      (named(pack, "secret-closed").configSchema as PolicyConfigSchema).properties,
      data.settings,
    );
  });

  it("has its own level, and no framework where it helps with none", () => {
    const [policy] = packOf(ofSecrets({ enforcement: "advisory", frameworks: [] })).filter(
      ({ name }) => name === "secret-closed",
    );
    assert.equal(policy!.enforcementLevel, "advisory");
    assert.deepEqual(policy!.tags, ["T-01"]);
    assert.equal("framework" in policy!, false);
  });
});

describe("the pack's own policies", () => {
  const own = (name: string) => shown(named(packOf(), name));

  it("are the settings of the organisation", () =>
    assert.deepEqual(own("organization"), {
      ...bare,
      name: "organization",
      displayName: "Settings: the organisation this pack guards",
      description: "The organisation, the accounts and the Regions that the other rules allow.",
      enforcementLevel: "advisory",
      severity: "low",
      settings: Object.keys(organizationSettings),
    }));

  it("are the one that sees secrets", () =>
    assert.deepEqual(own("secrets-of-the-program"), {
      ...bare,
      name: "secrets-of-the-program",
      displayName: "Sees which values Pulumi keeps as secrets",
      description: "Looks which inputs are Pulumi secrets. Changes nothing; leave its level at remediate.",
      enforcementLevel: "remediate",
      severity: "low",
    }));

  it("are what cannot be told", () =>
    assert.deepEqual(own("undecided"), {
      ...bare,
      name: "undecided",
      displayName: "What cannot be told yet",
      description: "Some rules cannot be judged before the update has made the values they look at.",
      enforcementLevel: "advisory",
      severity: "low",
    }));
});

describe("a rule about one type of resource", () => {
  it("judges those of the type alone, with its settings", async () => {
    const policy = named(packOf(ofSecrets()), "secret-closed");
    assert.deepEqual(await ofOne(policy, secret), [["Orders is open. Close it."]]);
    assert.deepEqual(await ofOne(policy, secret, { word: "ajar" }), [["Orders is ajar. Close it."]]);
    assert.equal(await ofOne(policy, bucket), undefined);
  });

  it("judges those of several types", async () => {
    const policy = named(packOf(ofSecrets({ appliesTo: [types.secret, types.user] })), "secret-closed");
    assert.deepEqual(await ofOne(policy, secret), [["Orders is open. Close it."]]);
    assert.deepEqual(await ofOne(policy, bucket), []);
  });

  it("is waited for while it prepares", async () => {
    const order: string[] = [];
    const prepare = () => Promise.resolve().then(() => void order.push("prepared"));
    const check = () => (order.push("checked"), []);
    await ofOne(named(packOf(ofSecrets({ prepare, check })), "secret-closed"), secret);
    assert.deepEqual(order, ["prepared", "checked"]);
  });

  it("has judged at once when there is nothing to prepare", () => {
    for (const more of [{}, { prepare: () => undefined }]) {
      const { validateResource } = named(packOf(ofSecrets(more)), "secret-closed");
      const { said, report, args } = call();
      assert.ok(typeof validateResource === "function");
      assert.equal(validateResource({ ...secret, ...args } as never, report), undefined);
      assert.equal(said.length, 1);
    }
  });

  it("notes what it cannot tell", async () => {
    const check = (one: Resource) => [undecided(one, "it is new", "the update")];
    const pack = packOf(ofSecrets({ check }));
    assert.deepEqual(await ofOne(named(pack, "secret-closed"), secret), []);
    const notes = named(pack, "undecided");
    assert.deepEqual(await ofAll(notes, []), [["T-01: it is new; decided by the update"]]);
    assert.deepEqual(await ofAll(notes, []), []);
  });
});

describe("a rule about the stack", () => {
  it("judges it with its settings, and says of which resource it speaks", async () => {
    const policy = named(packOf(ofStack()), "stack-closed");
    assert.deepEqual(await ofAll(policy, [secret]), [["Orders is open. Close it.", secret.urn]]);
    const ajar = await ofAll(policy, [secret], { word: "ajar" });
    assert.deepEqual(ajar, [["Orders is ajar. Close it.", secret.urn]]);
  });

  it("is waited for while it prepares", async () => {
    const order: string[] = [];
    const prepare = () => Promise.resolve().then(() => void order.push("prepared"));
    const check = () => (order.push("checked"), []);
    await ofAll(named(packOf(ofStack({ prepare, check })), "stack-closed"), [secret]);
    assert.deepEqual(order, ["prepared", "checked"]);
  });

  it("judges single resources too where it says how, and says nothing of them twice", async () => {
    const checkEach = (one: Resource, { word }: { readonly word: string }) => [saying(one, `each ${word}`)];
    const pack = packOf(ofStack({ checkEach }));
    const policy = named(pack, "stack-closed");
    assert.deepEqual(await ofOne(policy, secret, { word: "ajar" }), [["Orders is each ajar. Close it."]]);
    assert.deepEqual(await ofOne(policy, bucket), [["Reader is each open. Close it."]]);
  });

  it("takes its settings from the stack's own resource where it looks at no single ones", async () => {
    const policy = named(packOf(ofStack()), "stack-closed");
    assert.deepEqual(await ofOne(policy, stack), []);
    assert.equal(await ofOne(policy, secret), undefined);
  });

  it("speaks of what was judged ahead with the settings given then", async () => {
    const pack = packOf(ofStack(), ofStack({ id: "second", code: "T-03", check: () => [] }));
    for (const name of ["stack-closed", "second"]) await ofOne(named(pack, name), stack, { word: "ajar" });
    assert.deepEqual(await ofAll(named(pack, "organization"), [secret]), []);
    const { validateStack } = named(pack, "stack-closed");
    const { said, report } = call();
    // It is handed no stack to look at.
    await validateStack!({} as never, report);
    assert.deepEqual(said, [["Orders is ajar. Close it.", secret.urn]]);
    assert.equal(named(pack, "second").validateStack, undefined);
  });

  it("has one graph with the others of the run, and another in the next", async () => {
    const graphs: unknown[] = [];
    const check = (graph: unknown) => (graphs.push(graph), []);
    const pack = packOf(ofStack({ check }), ofStack({ id: "second", code: "T-03", check }));
    for (const _ of [1, 2]) {
      for (const name of ["organization", "stack-closed", "second"]) await ofAll(named(pack, name), [secret]);
    }
    const [first, second, third, fourth] = graphs;
    assert.deepEqual([first === second, second === third, third === fourth], [true, false, true]);
  });
});

describe("the order of the pack", () => {
  it("has the settings before the rules and the reports behind them", () =>
    assert.deepEqual(
      packOf(ofStack(), ofSecrets()).map(({ name }) => name),
      [
        "waivers",
        "organization",
        "secrets-of-the-program",
        "stack-closed",
        "secret-closed",
        "undecided",
        "stale-waivers",
        "hidden-findings",
      ],
    ));
});

describe("what cannot be told", () => {
  const pending = (one: Resource) => [undecided(one, "it is new", "the update")];

  it("asks for no stack when every rule was judged ahead and could tell", async () => {
    const check = ({ resources }: { readonly resources: readonly Resource[] }) => resources.flatMap(pending);
    const telling = async (more: object) => {
      const pack = packOf(ofStack(more));
      const notes = named(pack, "undecided");
      const before = typeof notes.validateStack;
      await ofOne(named(pack, "stack-closed"), stack);
      await ofAll(named(pack, "organization"), [secret]);
      return [before, typeof notes.validateStack];
    };
    assert.deepEqual(await telling({ check: () => [] }), ["function", "undefined"]);
    assert.deepEqual(await telling({ check }), ["function", "function"]);
  });
});
