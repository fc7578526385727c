import { strict as assert } from "assert";
import { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { policiesOf } from "../../policies/pack";
import { Resource } from "../../policies/stack/resource";
import { rules as allRules } from "../../policies/rules";
import { policy, resource, unknownArray, unknownText } from "./support/stack";

/** A few rules of each kind are enough to see what the pack makes of them. */
const rules = allRules.filter(({ code }) => /^(SM-0[1-4]|SM-09|SM-1[0-3]|KMS-0[1-3])$/.test(code));

interface Reported {
  readonly policy: string;
  readonly message: string;
  readonly urn: string | undefined;
}

/**
 * Runs a pack as the SDK does: resource policies over each resource, then the stack policies one after the other.
 * `given` has the inputs of resources by name, where they differ from the outputs.
 */
function run(
  pack: ReturnType<typeof policiesOf>,
  stack: readonly Resource[],
  config: Readonly<Record<string, object>> = {},
  given: Readonly<Record<string, Resource>> = {},
) {
  const reported: Reported[] = [];
  let reads = 0;
  const call = (name: string) => ({
    args: { getConfig: () => config[name] ?? {}, stackTags: new Map(), notApplicable: () => assert.fail() },
    report: (message: string, urn?: string) => void reported.push({ policy: name, message, urn }),
  });
  for (const one of stack) {
    for (const each of pack as readonly ResourceValidationPolicy[]) {
      const { args, report } = call(each.name);
      if (typeof each.validateResource !== "function") continue;
      const { __pulumiType: only } = each.validateResource as { readonly __pulumiType?: string };
      if (only !== undefined && only !== one.type) continue;
      void each.validateResource({ ...one, ...given[one.name], ...args } as never, report);
    }
  }
  const stackPolicies: string[] = [];
  for (const each of pack as readonly StackValidationPolicy[]) {
    if (each.validateStack === undefined) continue;
    stackPolicies.push(each.name);
    const { args, report } = call(each.name);
    const counting = {
      ...args,
      get resources() {
        reads++;
        return stack;
      },
    };
    void each.validateStack(counting as never, report);
  }
  return { reported, reads, stackPolicies };
}

const secret = resource("secret", "orders", { props: { arn: unknownText, kmsKeyId: "alias/orders" } });
const open = resource("secretPolicy", "access", {
  props: { secretArn: unknownText, policy: unknownText, blockPublicPolicy: true },
  from: { secretArn: [secret], policy: [secret] },
});
const rotation = resource("secretRotation", "rotation", {
  props: { secretId: unknownText, rotationRules: { scheduleExpression: unknownText } },
  from: { secretId: [secret] },
});
const undecided: Reported = {
  policy: "undecided",
  message:
    'SM-03: the schedule of SecretRotation "rotation" is not known; decided by the value of `rotationRules`\n' +
    'SM-09: the policy of SecretPolicy "access" is not known; decided by the outputs of Secret "orders"',
  urn: undefined,
};

const atTheEnd = ["undecided", "stale-waivers", "hidden-findings"];

describe("the pack", () => {
  it("registers each rule under its own name, between its settings and its notes", () => {
    assert.deepEqual(
      policiesOf(rules).map(({ name }) => name),
      ["waivers", "organization", "secrets-of-the-program", ...rules.map(({ id }) => id), ...atTheEnd],
    );
  });

  it("says what cannot be told once, at the end, from resource and graph rules alike", () => {
    assert.deepEqual(run(policiesOf(rules), [secret, open, rotation]).reported, [undecided]);
  });

  it("says it again in the next run, and not what has been decided since", () => {
    const pack = policiesOf(rules);
    run(pack, [secret, open, rotation]);
    const monthly = resource("secretRotation", "rotation", {
      props: { secretId: unknownText, rotationRules: { automaticallyAfterDays: 30 } },
      from: { secretId: [secret] },
    });
    assert.deepEqual(run(pack, [secret, open, monthly]).reported, [
      { ...undecided, message: undecided.message.split("\n")[1]! },
    ]);
  });

  it("says nothing at the end when all is decided", () => {
    const managed = resource("secretRotation", "rotation", {
      props: { secretId: unknownText },
      from: { secretId: [secret] },
    });
    assert.deepEqual(run(policiesOf(rules), [secret, managed]).reported, []);
  });

  it("knows from the inputs what the outputs of a preview hide", () => {
    const key = resource("replicaKey", "there", { props: { arn: unknownText, region: "eu-central-1" } });
    const tags = { "strongroom:rotation-exemption": "not ours to rotate" };
    const secretWith = (replicas: unknown) =>
      resource("secret", "orders", {
        props: { kmsKeyId: "alias/orders", tags, replicas },
        from: { replicas: [key] },
      });
    const reported = (inputs: unknown, others: readonly Resource[] = []) =>
      run(policiesOf(rules), [...others, secretWith(unknownArray)], {}, { orders: secretWith(inputs) })
        .reported;
    const violations = (inputs: unknown) => reported(inputs).map((one) => one.policy);
    assert.deepEqual(violations(unknownArray), ["undecided"]);
    assert.deepEqual(violations([{ region: "eu-central-1", kmsKeyId: unknownText }]), ["undecided"]);
    const withKey = reported([{ region: "eu-central-1", kmsKeyId: unknownText }], [key]);
    assert.deepEqual(
      withKey.map((one) => one.policy),
      ["key-policy-administered"],
    );
    assert.deepEqual(violations([{ region: "eu-central-1" }]), ["secret-customer-managed-key"]);
    assert.deepEqual(violations([{ region: "eu-west-1", kmsKeyId: "alias/there" }]), [
      "secret-replica-regions",
    ]);
    assert.deepEqual(violations([{ region: "eu-central-1", kmsKeyId: "alias/there" }]), []);
  });

  it("builds the graph once a run", () => {
    const pack = policiesOf(rules);
    assert.equal(run(pack, [secret]).reads, 1);
    assert.equal(run(pack, [secret]).reads, 1);
  });

  it("sees the resources of each run", () => {
    const pack = policiesOf(rules);
    run(pack, []);
    assert.deepEqual(
      run(pack, [secret]).reported.map((one) => [one.policy, one.urn]),
      [["secret-rotation-configured", secret.urn]],
    );
  });

  it("gives the organisation's settings to the rules that ask", () => {
    const replicated = resource("secret", "orders", {
      props: {
        kmsKeyId: "alias/a",
        tags: { "strongroom:rotation-exemption": "not ours to rotate" },
        replicas: [{ region: "us-east-1", kmsKeyId: "mrk-1" }],
      },
    });
    const reported = (regions: readonly string[]) =>
      run(policiesOf(rules), [replicated], { organization: { regions } }).reported.map((one) => one.policy);
    assert.deepEqual(reported([]), []);
    assert.deepEqual(reported(["us-east-1"]), []);
    assert.deepEqual(reported(["eu-central-1"]), ["secret-replica-regions"]);
  });

  it("never repeats a value of a secret", () => {
    const value = "correct horse battery staple";
    const version = resource("secretVersion", "value", {
      props: { secretId: "orders", secretString: value },
    });
    const leaky = resource("secret", "leaky", {
      props: { description: value, policy: `{"Statement": ${value}` },
    });
    const text = JSON.stringify(run(policiesOf(rules), [version, leaky]).reported);
    assert.match(text, /it is not JSON/);
    assert.ok(!text.includes("horse"));
  });

  describe("on a run that begins with the stack's own resource, as the engine's do", () => {
    const stack = resource("stack", "test-dev");

    it("says the same, but unpacks the stack only for policies with something to say", () => {
      const pack = policiesOf(rules);
      const there = run(policiesOf(rules), [secret, open, rotation]).reported;
      const { reported, stackPolicies } = run(pack, [stack, secret, open, rotation]);
      assert.deepEqual(reported, there);
      assert.deepEqual(stackPolicies, ["organization", "undecided"]);
    });

    it("has each finding reported by its own policy, with its settings", () => {
      const bare = resource("secret", "bare", { props: { kmsKeyId: "alias/bare" } });
      const { reported, stackPolicies } = run(policiesOf(rules), [stack, bare]);
      assert.deepEqual(
        reported.map((one) => [one.policy, one.urn]),
        stackPolicies.slice(1).map((name) => [name, bare.urn]),
      );
      assert.ok(stackPolicies.includes("secret-rotation-configured"));
      const tags = { "our:exemption": "not ours to rotate" };
      const exempt = resource("secret", "bare", { props: { kmsKeyId: "alias/bare", tags } });
      const config = { "secret-rotation-configured": { exemptionTag: "our:exemption" } };
      const found = run(policiesOf(rules), [stack, exempt], config).reported.map(({ policy: name }) => name);
      assert.ok(!found.includes("secret-rotation-configured"));
    });

    it("judges anew in the next run", () => {
      const pack = policiesOf(rules);
      const bare = resource("secret", "bare", { props: { kmsKeyId: "alias/bare" } });
      assert.deepEqual(run(pack, [stack]).reported, []);
      assert.notDeepEqual(run(pack, [stack, bare]).reported, []);
      assert.deepEqual(run(pack, [stack]).reported, []);
    });

    it("has a policy for the stack before the first run: the engine asks what each one is", () => {
      for (const each of policiesOf(rules) as readonly StackValidationPolicy[]) {
        const own = rules.some(({ id, kind }) => id === each.name && kind === "graph");
        const pack = ["organization", "undecided", "stale-waivers", "hidden-findings"].includes(each.name);
        assert.equal(typeof each.validateStack === "function", own || pack, each.name);
      }
    });
  });

  it("begins each message with a capital letter", () => {
    const everybody = policy({ Effect: "Allow", Principal: "*", Action: "secretsmanager:*", Resource: "*" });
    const { reported } = run(policiesOf(rules), [
      resource("secret", "orders", { props: { policy: everybody } }),
    ]);
    assert.equal(reported.length, 3);
    assert.ok(reported.every(({ message }) => /^[A-Z]/.test(message)));
  });

  it("puts the fingerprint behind each message, marked where it is about the public", () => {
    const everybody = policy({ Effect: "Allow", Principal: "*", Action: "secretsmanager:*", Resource: "*" });
    const { reported } = run(policiesOf(rules), [
      resource("secret", "orders", { props: { policy: everybody } }),
    ]);
    assert.deepEqual(
      reported.map((one) => [one.policy, / \[((?:public-)?)[0-9a-f]{12}\]$/.exec(one.message)?.[1]]),
      [
        ["secret-customer-managed-key", ""],
        ["secret-rotation-configured", ""],
        ["secret-policy-not-public", "public-"],
      ],
    );
  });
});
