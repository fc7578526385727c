import { strict as assert } from "assert";
import { eventWatchers } from "../../../../policies/facts/audit/event-watchers";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource } from "../../../../policies/stack/resource";
import { resource, unknownText } from "../../support/stack";

const rule = (props: object) =>
  resource("eventRule", "rule", { props: { name: "rule", ...props }, from: { eventPattern: [], state: [] } });
const target = resource("eventTarget", "target", { props: { rule: "rule" } });
const filter = (props: object) =>
  resource("metricFilter", "filter", {
    props: { metricTransformation: { name: "reads" }, ...props },
    from: { pattern: [], metricTransformation: [] },
  });
const alarm = (metricName: unknown) =>
  resource("metricAlarm", "alarm", { props: { metricName }, from: { metricName: [] } });

/** Whom a stack has watch, and whether each notices the calls. */
const watch = (stack: readonly Resource[], ...calls: readonly string[]) =>
  eventWatchers(buildGraph(stack)).map((one) => [
    one.resource.name,
    ...calls.map((call) => one.notices(call)),
  ]);
const pattern = (value: object) => ({ eventPattern: JSON.stringify(value) });
const secrets = { source: ["aws.secretsmanager"] };

describe("rules that watch calls", () => {
  const calls = ["DeleteSecret", "PutSecretValue", "ScheduleKeyDeletion"];
  const cases: readonly (readonly [string, readonly Resource[], readonly unknown[][]])[] = [
    ["are none without a target", [rule(pattern(secrets))], []],
    [
      "are none with the target of another",
      [rule(pattern(secrets)), resource("eventTarget", "t", { props: { rule: "other" } })],
      [],
    ],
    ["are none without a pattern", [rule({ scheduleExpression: "rate(1 day)" }), target], []],
    ["are none when they are switched off", [rule({ ...pattern(secrets), state: "DISABLED" }), target], []],
    [
      "watch when they are switched on",
      [rule({ ...pattern(secrets), state: "ENABLED" }), target],
      [["rule", true, true, false]],
    ],
    [
      "watch while nobody knows whether they are on",
      [rule({ ...pattern(secrets), state: unknownText }), target],
      [["rule", true, true, false]],
    ],
    [
      "notice what they name",
      [rule(pattern({ ...secrets, detail: { eventName: ["DeleteSecret"] } })), target],
      [["rule", true, false, false]],
    ],
    [
      "notice no part of a name",
      [rule(pattern({ ...secrets, detail: { eventName: ["XDeleteSecret", "DeleteSecretX"] } })), target],
      [["rule", false, false, false]],
    ],
    [
      "notice calls by the source in the detail",
      [rule(pattern({ detail: { eventSource: ["kms.amazonaws.com"] } })), target],
      [["rule", false, false, true]],
    ],
    [
      "notice nothing when two sources contradict",
      [rule(pattern({ ...secrets, detail: { eventSource: ["kms.amazonaws.com"] } })), target],
      [["rule", false, false, false]],
    ],
    [
      "notice nothing without a source",
      [rule(pattern({ detail: { eventName: ["DeleteSecret"] } })), target],
      [["rule", false, false, false]],
    ],
    [
      "notice nothing by a pattern that is no JSON",
      [rule({ eventPattern: "{secretsmanager" }), target],
      [["rule", false, false, false]],
    ],
    [
      "notice nothing by a pattern that is no object",
      [rule({ eventPattern: "null" }), target],
      [["rule", false, false, false]],
    ],
    [
      "cannot tell while the pattern is not known",
      [rule({ eventPattern: unknownText }), target],
      [["rule", undefined, undefined, undefined]],
    ],
  ];
  for (const [name, stack, expected] of cases)
    it(name, () => assert.deepEqual(watch(stack, ...calls), expected));

  it("are found by the id as well", () => {
    const one = resource("eventRule", "rule", { props: { id: "r-1", ...pattern(secrets) } });
    const at = resource("eventTarget", "t", { props: { rule: "r-1" } });
    assert.deepEqual(watch([one, at]), [["rule"]]);
  });

  it("tell calls of KMS from those of Secrets Manager", () => {
    const stack = [rule(pattern({ source: ["aws.kms"] })), target];
    const ofKms = ["DisableKey", "CreateGrant", "Decrypt"];
    assert.deepEqual(watch(stack, ...ofKms, "GetSecretValue"), [["rule", true, true, true, false]]);
  });
});

describe("filters that watch calls", () => {
  const cases: readonly (readonly [string, readonly Resource[], readonly unknown[][]])[] = [
    ["are none without an alarm", [filter({ pattern: "GetSecretValue" })], []],
    [
      "are none with an alarm on something else",
      [filter({ pattern: "GetSecretValue" }), alarm("writes")],
      [],
    ],
    ["are none with an alarm on nothing", [filter({ pattern: "GetSecretValue" }), alarm(null)], []],
    [
      "notice what they name",
      [filter({ pattern: '{ $.eventName = "GetSecretValue" }' }), alarm("reads")],
      [["filter", true, false]],
    ],
    [
      "notice no part of a name",
      [filter({ pattern: "BatchGetSecretValue GetSecretValues" }), alarm("reads")],
      [["filter", false, false]],
    ],
    [
      "notice a name among signs",
      [filter({ pattern: "1PutSecretValue9" }), alarm("reads")],
      [["filter", false, true]],
    ],
    [
      "may be those of an alarm that is not known",
      [filter({ pattern: "GetSecretValue" }), alarm(unknownText)],
      [["filter", true, false]],
    ],
    [
      "may be those of a metric that is not known",
      [filter({ pattern: "GetSecretValue", metricTransformation: { name: unknownText } }), alarm("reads")],
      [["filter", true, false]],
    ],
    [
      "cannot tell while the pattern is not known",
      [filter({ pattern: unknownText }), alarm("reads")],
      [["filter", undefined, undefined]],
    ],
    [
      "come after the rules",
      [filter({ pattern: "x" }), alarm("reads"), rule(pattern(secrets)), target],
      [
        ["rule", true, true],
        ["filter", false, false],
      ],
    ],
  ];
  for (const [name, stack, expected] of cases) {
    it(name, () => assert.deepEqual(watch(stack, "GetSecretValue", "PutSecretValue"), expected));
  }
});
