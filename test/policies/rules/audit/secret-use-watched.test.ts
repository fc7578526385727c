import { Resource } from "../../../../policies/stack/resource";
import { secretUseWatched } from "../../../../policies/rules/audit/secret-use-watched";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix =
  "Add the calls to a rule of EventBridge with a target, or to a metric filter of the trail's log group with an alarm.";
const trail = resource("trail", "main");
const stack = resource("stack", "orders-dev");
const all = ["PutResourcePolicy", "DeleteSecret", "ScheduleKeyDeletion"];
const nothing = (names: readonly string[], where = 'Trail "main"', on = "main") => [
  violates(on, `beside ${where} nothing tells anybody of ${names.join(", ")}. ${fix}`),
];
const unclear = (names: readonly string[], by: string) => [
  waits("main", `whether anybody is told of ${names.join(", ")} is not known / the patterns of ${by}`),
];
const rule = (eventPattern: unknown, props: Record<string, unknown> = {}): Resource =>
  resource("eventRule", "watch", {
    props: {
      name: "watch",
      eventPattern: typeof eventPattern === "object" ? JSON.stringify(eventPattern) : eventPattern,
      ...props,
    },
  });
const target = resource("eventTarget", "people", { props: { rule: "watch", arn: "arn" } });
const pattern = (
  eventName?: readonly string[],
  source: readonly string[] = ["aws.secretsmanager", "aws.kms"],
) => ({
  source,
  ...(eventName === undefined ? {} : { detail: { eventName } }),
});
const filter = (text: unknown, metric: unknown = "SecretUse") =>
  resource("metricFilter", "filter", { props: { pattern: text, metricTransformation: { name: metric } } });
const alarm = (metricName: unknown) => resource("metricAlarm", "alarm", { props: { metricName } });
const words = (names: readonly string[]) =>
  `{ ${names.map((name) => `($.eventName = ${name})`).join(" || ")} }`;

testRule(secretUseWatched, [
  { name: "a stack that has no trail", stack: [stack], says: [] },
  {
    name: "unless it is demanded",
    stack: [stack],
    config: { requireWatch: true },
    says: nothing(all, 'Stack "orders-dev"', "orders-dev"),
  },
  { name: "a trail and nobody watching", stack: [trail], says: nothing(all) },
  {
    name: "other calls by configuration",
    stack: [trail],
    config: { events: ["GetSecretValue"] },
    says: nothing(["GetSecretValue"]),
  },
  { name: "no calls by configuration", stack: [trail], config: { events: [] }, says: [] },

  { name: "a rule with a target", stack: [trail, rule(pattern(all)), target], says: [] },
  { name: "a rule without one", stack: [trail, rule(pattern(all))], says: nothing(all) },
  {
    name: "a target of another rule",
    stack: [trail, rule(pattern(all)), resource("eventTarget", "people", { props: { rule: "other" } })],
    says: nothing(all),
  },
  {
    name: "a rule that is switched off",
    stack: [trail, rule(pattern(all), { state: "DISABLED" }), target],
    says: nothing(all),
  },
  {
    name: "a rule that is switched on",
    stack: [trail, rule(pattern(all), { state: "ENABLED" }), target],
    says: [],
  },
  {
    name: "a rule by the clock",
    stack: [
      trail,
      resource("eventRule", "watch", { props: { name: "watch", scheduleExpression: "rate(1 day)" } }),
      target,
    ],
    says: nothing(all),
  },
  {
    name: "some of the calls",
    stack: [trail, rule(pattern(["DeleteSecret"])), target],
    says: nothing(["PutResourcePolicy", "ScheduleKeyDeletion"]),
  },
  {
    name: "calls of longer names",
    stack: [trail, rule(pattern(["DeleteSecretVersion", ...all.slice(2)])), target],
    says: nothing(all.slice(0, 2)),
  },
  { name: "every call of the services", stack: [trail, rule(pattern()), target], says: [] },
  {
    name: "secrets only",
    stack: [trail, rule(pattern(undefined, ["aws.secretsmanager"])), target],
    says: nothing(["ScheduleKeyDeletion"]),
  },
  {
    name: "keys only",
    stack: [trail, rule(pattern(all, ["aws.kms"])), target],
    says: nothing(["PutResourcePolicy", "DeleteSecret"]),
  },
  {
    name: "grants are about keys",
    stack: [trail, rule(pattern(undefined, ["aws.kms"])), target],
    config: { events: ["CreateGrant", "Decrypt"] },
    says: [],
  },
  {
    name: "the service by the record's own field",
    stack: [
      trail,
      rule({
        detail: { eventSource: ["secretsmanager.amazonaws.com", "kms.amazonaws.com"], eventName: all },
      }),
      target,
    ],
    says: [],
  },
  {
    name: "two fields that exclude each other",
    stack: [
      trail,
      rule({
        source: ["aws.secretsmanager"],
        detail: { eventSource: ["kms.amazonaws.com"], eventName: all },
      }),
      target,
    ],
    says: nothing(all),
  },
  {
    name: "names without a service",
    stack: [trail, rule({ detail: { eventName: all } }), target],
    says: nothing(all),
  },
  { name: "no JSON", stack: [trail, rule("watch"), target], says: nothing(all) },
  {
    name: "an unknown pattern",
    stack: [trail, rule(unknownText), target],
    says: unclear(all, 'EventRule "watch"'),
  },

  { name: "a filter with an alarm", stack: [trail, filter(words(all)), alarm("SecretUse")], says: [] },
  { name: "a filter without one", stack: [trail, filter(words(all))], says: nothing(all) },
  {
    name: "an alarm of another metric",
    stack: [trail, filter(words(all)), alarm("Other")],
    says: nothing(all),
  },
  {
    name: "an alarm without a metric",
    stack: [trail, filter(words(all)), resource("metricAlarm", "alarm")],
    says: nothing(all),
  },
  {
    name: "an alarm on a metric that is not known yet",
    stack: [trail, filter(words(all)), alarm(unknownText)],
    says: [],
  },
  {
    name: "a metric that is not known yet",
    stack: [trail, filter(words(all), unknownText), alarm("SecretUse")],
    says: [],
  },
  {
    name: "a filter of some",
    stack: [trail, filter(words(all.slice(1))), alarm("SecretUse")],
    says: nothing(["PutResourcePolicy"]),
  },
  {
    name: "a filter of longer names",
    stack: [trail, filter(words(["DeleteSecretVersion", "XPutResourcePolicy"])), alarm("SecretUse")],
    says: nothing(all),
  },
  {
    name: "a rule and a filter together",
    stack: [trail, rule(pattern(all.slice(0, 1))), target, filter(words(all.slice(1))), alarm("SecretUse")],
    says: [],
  },
  {
    name: "an unknown filter beside a rule",
    stack: [trail, rule(pattern(all.slice(0, 1))), target, filter(unknownText), alarm("SecretUse")],
    says: unclear(all.slice(1), 'LogMetricFilter "filter"'),
  },
]);
