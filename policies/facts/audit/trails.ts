import { input, Resource } from "../../stack/resource";
import { orDefault, read, readArray, readBoolean, readString, readWhole, Tri } from "../../stack/tri-state";

/** What keeps a trail from seeing every use of a secret; empty when it sees all, undefined when that is not known yet. */
export function trailGaps(trail: Resource, dataEvents: boolean): readonly string[] | undefined {
  const regions = orDefault(input(trail, readBoolean, "isMultiRegionTrail"), false);
  const logging = orDefault(input(trail, readBoolean, "enableLogging"), true);
  const events = eventsOf(trail);
  if (regions.state !== "known" || logging.state !== "known" || events === undefined) return undefined;
  return [
    ...(regions.value ? [] : ["logs one Region only"]),
    ...(logging.value ? [] : ["is switched off"]),
    ...(events.management ? [] : ["leaves out management events, which uses of secrets and keys are"]),
    ...(!dataEvents || events.data ? [] : ["leaves out data events"]),
  ];
}

interface Events {
  readonly management: boolean;
  readonly data: boolean;
}

/** Without selectors a trail logs every management event. Undefined when a selector is not known. */
function eventsOf(trail: Resource): Events | undefined {
  const basic = input(trail, readWhole, "eventSelectors");
  const advanced = input(trail, readWhole, "advancedEventSelectors");
  if (basic.state === "unknown" || advanced.state === "unknown") return undefined;
  const simple = listIn(basic).map(basicEvents);
  const fine = listIn(advanced).map(advancedEvents);
  const all = [...simple, ...fine];
  if (all.length === 0) return { management: true, data: false };
  return { management: all.some((one) => one.management), data: all.some((one) => one.data) };
}

function listIn(value: Tri<unknown>): readonly unknown[] {
  return value.state === "known" && Array.isArray(value.value) ? value.value : [];
}

/**
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
 */
function basicEvents(selector: unknown): Events {
  const included = orDefault(readBoolean(selector, "includeManagementEvents"), true);
  const type = orDefault(readString(selector, "readWriteType"), "All");
  const excluded = readArray(selector, "excludeManagementEventSources");
  const resources = readArray(selector, "dataResources");
  const complete =
    included.state === "known" &&
    included.value &&
    type.state === "known" &&
    type.value.toLowerCase() === "all";
  const exclusions = excluded.state === "known" ? excluded.value.length : 0;
  return {
    management: complete && exclusions === 0,
    data: resources.state === "known" && resources.value.length > 0,
  };
}

/**
 * Fields that narrow the selection: a management selector with any but the category leaves something out.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
function advancedEvents(selector: unknown): Events {
  const fields = readArray(selector, "fieldSelectors");
  const list = fields.state === "known" ? fields.value : [];
  const category = list.find((field) => textAt(field, "field") === "eventCategory");
  const [name] = category === undefined ? [] : listIn(read(category, "equals"));
  return { management: name === "Management" && list.length === 1, data: name === "Data" };
}

function textAt(value: unknown, key: string): string | undefined {
  const text = readString(value, key);
  return text.state === "known" ? text.value : undefined;
}
