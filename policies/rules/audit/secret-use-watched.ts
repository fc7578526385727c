import { EventWatcher, eventWatchers } from "../../facts/audit/event-watchers";
import { undecided, violation } from "../../findings";
import { label, Resource, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";

const remediation =
  "Add the calls to a rule of EventBridge with a target, or to a metric filter of the trail's log group with an alarm";

/** CT-04. */
export const secretUseWatched = graphRule({
  id: "secret-use-watched",
  code: "CT-04",
  title:
    "Somebody is told when the policy of a secret changes, a secret is deleted, or a key is scheduled to be",
  severity: "medium",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "10" },
    { name: "CIS AWS Foundations", version: "5.0", reference: "4.7" },
  ],
  mapsTo: {
    trivy: ["AWS-0153"],
    kics: ["56a585f5"],
    securityHub: ["CloudWatch.7"],
    prowler: ["cloudwatch_log_metric_filter_disable_or_scheduled_deletion_of_kms_cmk"],
  },
  remediation,
  settings: {
    events: {
      type: "array",
      items: { type: "string" },
      default: ["PutResourcePolicy", "DeleteSecret", "ScheduleKeyDeletion"] as readonly string[],
      description: "Calls that somebody must be told of; add GetSecretValue where few read.",
    },
    requireWatch: {
      type: "boolean",
      default: false,
      description:
        "Demand it of this stack. By default only of a stack that has a trail, for there the watch belongs.",
    },
  },
  check: (graph, config) => {
    const [stack] = graph.of(types.stack);
    const [trail] = graph.of(types.trail);
    const where = trail ?? (config.requireWatch ? stack : undefined);
    if (where === undefined) return [];
    const watchers = eventWatchers(graph);
    const open = config.events.filter((name) => watchers.every(({ notices }) => notices(name) !== true));
    const isUnclear = (name: string) => watchers.some(({ notices }) => notices(name) === undefined);
    return [
      ...told(
        where,
        open.filter((name) => !isUnclear(name)),
      ),
      ...unclear(where, open.filter(isUnclear), watchers),
    ];
  },
});

function told(where: Resource, names: readonly string[]): readonly Finding[] {
  if (names.length === 0) return [];
  return [
    violation(where, `beside ${label(where)} nothing tells anybody of ${names.join(", ")}`, remediation),
  ];
}

function unclear(
  where: Resource,
  names: readonly string[],
  watchers: readonly EventWatcher[],
): readonly Finding[] {
  if (names.length === 0) return [];
  const unknown = watchers.filter(({ notices }) => names.some((name) => notices(name) === undefined));
  const decidedBy = `the patterns of ${unknown.map(({ resource }) => label(resource)).join(", ")}`;
  return [undecided(where, `whether anybody is told of ${names.join(", ")} is not known`, decidedBy)];
}
