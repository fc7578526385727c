import { Graph } from "../../stack/graph";
import { Lookup } from "../../stack/join";
import { input, Resource, types } from "../../stack/resource";
import { readString, Tri } from "../../stack/tri-state";

/** Something that tells people of calls: a rule of EventBridge with a target, or a metric filter with an alarm. */
export interface EventWatcher {
  readonly resource: Resource;
  /** True when a call of this name is noticed; undefined when the pattern is not known. */
  readonly notices: (eventName: string) => boolean | undefined;
}

/** Everything in the stack that watches calls and reaches somebody. */
export function eventWatchers(graph: Graph): readonly EventWatcher[] {
  return [...rules(graph), ...filters(graph)];
}

function rules(graph: Graph): readonly EventWatcher[] {
  const eventRules = graph.of(types.eventRule);
  const lookup = new Lookup(eventRules, ["name", "id"]);
  const targeted = new Set(
    graph.of(types.eventTarget).flatMap((target) => {
      const link = lookup.follow(target, "rule");
      return link.kind === "inside" ? link.resources : [];
    }),
  );
  return eventRules
    .filter((rule) => targeted.has(rule) && input(rule, readString, "eventPattern").state !== "absent")
    .filter((rule) => !isDisabled(input(rule, readString, "state")))
    .map((resource) => ({
      resource,
      notices: (name) =>
        noticed(input(resource, readString, "eventPattern"), (text) => ruleNotices(text, name)),
    }));
}

function isDisabled(state: Tri<string>): boolean {
  return state.state === "known" && state.value === "DISABLED";
}

/**
 * A pattern without names of calls notices all of its source. Prefixes and the like count as a list of exact names:
 * what is not named is not noticed.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
 */
function ruleNotices(pattern: string, eventName: string): boolean {
  const parsed = parse(pattern) as {
    source?: unknown;
    detail?: { eventName?: unknown; eventSource?: unknown };
  };
  const service = serviceOf(eventName);
  const sources = [parsed.source, parsed.detail?.eventSource].filter((one) => one !== undefined);
  const fits = sources.every((list) => JSON.stringify(list).includes(service));
  const names = parsed.detail?.eventName;
  return (
    sources.length > 0 && fits && (names === undefined || JSON.stringify(names).includes(`"${eventName}"`))
  );
}

function serviceOf(eventName: string): string {
  return /Key|Grant|Decrypt/.test(eventName) ? "kms" : "secretsmanager";
}

function filters(graph: Graph): readonly EventWatcher[] {
  const alarmed = graph.of(types.metricAlarm).map((alarm) => input(alarm, readString, "metricName"));
  return graph
    .of(types.metricFilter)
    .filter((filter) => {
      const metric = input(filter, readString, "metricTransformation", "name");
      return alarmed.some((name) => name.state !== "absent" && sameOrUnknown(name, metric));
    })
    .map((resource) => ({
      resource,
      notices: (name) => noticed(input(resource, readString, "pattern"), (text) => wordIn(text, name)),
    }));
}

function sameOrUnknown(a: Tri<string>, b: Tri<string>): boolean {
  return a.state !== "known" || b.state !== "known" || a.value === b.value;
}

function wordIn(text: string, word: string): boolean {
  return new RegExp(`(?<![A-Za-z])${word}(?![A-Za-z])`).test(text);
}

function noticed(pattern: Tri<string>, decide: (text: string) => boolean): boolean | undefined {
  return pattern.state === "known" ? decide(pattern.value) : undefined;
}

function parse(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
