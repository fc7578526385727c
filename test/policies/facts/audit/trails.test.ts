import { strict as assert } from "assert";
import { trailGaps } from "../../../../policies/facts/audit/trails";
import { resource, unknownArray, unknownText } from "../../support/stack";

const oneRegion = "logs one Region only";
const off = "is switched off";
const noManagement = "leaves out management events, which uses of secrets and keys are";
const noData = "leaves out data events";

/** A trail of every Region with these members more. */
const trail = (props: object) =>
  resource("trail", "t", {
    props: { isMultiRegionTrail: true, ...props },
    from: { eventSelectors: [], advancedEventSelectors: [], isMultiRegionTrail: [], enableLogging: [] },
  });
const basic = (...eventSelectors: readonly object[]) => ({ eventSelectors });
const advanced = (...selectors: readonly (readonly object[])[]) => ({
  advancedEventSelectors: selectors.map((fieldSelectors) => ({ fieldSelectors })),
});
const category = (name: string) => ({ field: "eventCategory", equals: [name] });

describe("the gaps of a trail", () => {
  const cases: readonly (readonly [string, object, boolean, readonly string[] | undefined])[] = [
    ["are none without selectors", {}, false, []],
    ["are data events without selectors", {}, true, [noData]],
    ["are the other Regions", { isMultiRegionTrail: false }, false, [oneRegion]],
    ["are the other Regions when it says nothing", { isMultiRegionTrail: null }, false, [oneRegion]],
    ["are everything when it is switched off", { enableLogging: false }, false, [off]],
    [
      "are all of these together",
      { isMultiRegionTrail: false, enableLogging: false, ...basic({ includeManagementEvents: false }) },
      true,
      [oneRegion, off, noManagement, noData],
    ],
    ["are not known while its Regions are not", { isMultiRegionTrail: unknownText }, false, undefined],
    ["are not known while it may be off", { enableLogging: unknownText }, false, undefined],
    ["are not known while its selectors are not", { eventSelectors: unknownArray }, false, undefined],
    [
      "are not known while its advanced selectors are not",
      { advancedEventSelectors: unknownArray },
      false,
      undefined,
    ],
    ["are data events by a plain selector", basic({}), true, [noData]],
    [
      "are none by a selector of all",
      basic({ readWriteType: "ALL", includeManagementEvents: true }),
      false,
      [],
    ],
    [
      "are management events when only writes are logged",
      basic({ readWriteType: "WriteOnly" }),
      false,
      [noManagement],
    ],
    [
      "are management events when they are left out",
      basic({ includeManagementEvents: false }),
      false,
      [noManagement],
    ],
    [
      "are management events when a source of them is left out",
      basic({ excludeManagementEventSources: ["kms.amazonaws.com"] }),
      false,
      [noManagement],
    ],
    ["are none when no source is left out", basic({ excludeManagementEventSources: [] }), false, []],
    [
      "are none when one selector has what another lacks",
      basic({ readWriteType: "ReadOnly" }, {}),
      false,
      [],
    ],
    ["are none with data", basic({ dataResources: [{ type: "AWS::S3::Object" }] }), true, []],
    ["are data events with an empty list of them", basic({ dataResources: [] }), true, [noData]],
    ["are none by an advanced selector of management events", advanced([category("Management")]), false, []],
    [
      "are data events by an advanced selector of management events",
      advanced([category("Management")]),
      true,
      [noData],
    ],
    [
      "are management events by one that is narrowed",
      advanced([category("Management"), { field: "readOnly", equals: ["true"] }]),
      false,
      [noManagement],
    ],
    [
      "are management events by one of data",
      advanced([category("Data"), { field: "resources.type", equals: ["x"] }]),
      false,
      [noManagement],
    ],
    ["are none by one of each", advanced([category("Data")], [category("Management")]), true, []],
    [
      "are all by one without a category",
      advanced([{ field: "readOnly", equals: ["Management"] }]),
      true,
      [noManagement, noData],
    ],
    ["are all by one without fields", { advancedEventSelectors: [{}] }, true, [noManagement, noData]],
    [
      "are all by one whose category equals nothing",
      advanced([{ field: "eventCategory" }]),
      true,
      [noManagement, noData],
    ],
  ];
  for (const [name, props, dataEvents, expected] of cases) {
    it(name, () => assert.deepEqual(trailGaps(trail(props), dataEvents), expected));
  }
});
