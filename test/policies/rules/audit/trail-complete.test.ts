import { Resource } from "../../../../policies/stack/resource";
import { trailComplete } from "../../../../policies/rules/audit/trail-complete";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownArray, unknownText } from "../../support/stack";

const fix =
  "Give one trail isMultiRegionTrail, enableLogging and all management events, those of KMS among them.";
const trail = (props: Record<string, unknown>, name = "main", from = {}): Resource =>
  resource("trail", name, { props: { isMultiRegionTrail: true, ...props }, from });
const says = (...gaps: readonly string[]) => [
  violates("main", `Trail "main" ${gaps.join(", and ")}. ${fix}`),
];
const oneRegion = "logs one Region only";
const off = "is switched off";
const noManagement = "leaves out management events, which uses of secrets and keys are";
const noData = "leaves out data events";
const unclear = (by = "the value of `eventSelectors`") => [
  waits("main", `what Trail "main" logs is not known / ${by}`),
];
const basic = (...eventSelectors: readonly unknown[]) => [trail({ eventSelectors })];
const advanced = (...fields: readonly (readonly object[])[]) => [
  trail({ advancedEventSelectors: fields.map((fieldSelectors) => ({ fieldSelectors })) }),
];
const category = (equals: string) => ({ field: "eventCategory", equals: [equals] });
const data = [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }];
const demandData = { dataEvents: true };
const stack = resource("stack", "orders-dev");

testRule(trailComplete, [
  { name: "no trails", stack: [stack], says: [] },
  {
    name: "no trails where one is demanded",
    stack: [stack],
    config: { requireTrail: true },
    says: [violates("orders-dev", `Stack "orders-dev" has no trail. ${fix}`)],
  },
  {
    name: "without the stack itself there is nowhere to say it",
    stack: [],
    config: { requireTrail: true },
    says: [],
  },
  { name: "every Region and every management event", stack: [trail({})], says: [] },
  { name: "one where one is demanded", stack: [stack, trail({})], config: { requireTrail: true }, says: [] },
  { name: "one Region by default", stack: [resource("trail", "main")], says: says(oneRegion) },
  { name: "one Region", stack: [trail({ isMultiRegionTrail: false })], says: says(oneRegion) },
  { name: "logging", stack: [trail({ enableLogging: true })], says: [] },
  { name: "switched off", stack: [trail({ enableLogging: false })], says: says(off) },
  {
    name: "everything at once",
    stack: [
      trail({
        isMultiRegionTrail: false,
        enableLogging: false,
        eventSelectors: [{ includeManagementEvents: false }],
      }),
    ],
    config: demandData,
    says: says(oneRegion, off, noManagement, noData),
  },
  {
    name: "a whole one beside a half one",
    stack: [trail({ enableLogging: false }), trail({}, "second")],
    says: [],
  },
  {
    name: "two half ones",
    stack: [trail({ enableLogging: false }), trail({ isMultiRegionTrail: false }, "second")],
    says: [...says(off), violates("second", `Trail "second" ${oneRegion}. ${fix}`)],
  },

  { name: "no selectors", stack: basic(), says: [] },
  { name: "a selector of everything", stack: basic({}), says: [] },
  {
    name: "the same, said so",
    stack: basic({ includeManagementEvents: true, readWriteType: "All" }),
    says: [],
  },
  {
    name: "no management events",
    stack: basic({ includeManagementEvents: false }),
    says: says(noManagement),
  },
  { name: "writing only", stack: basic({ readWriteType: "WriteOnly" }), says: says(noManagement) },
  { name: "reading only", stack: basic({ readWriteType: "ReadOnly" }), says: says(noManagement) },
  {
    name: "without KMS",
    stack: basic({ excludeManagementEventSources: ["kms.amazonaws.com"] }),
    says: says(noManagement),
  },
  { name: "without nobody", stack: basic({ excludeManagementEventSources: [] }), says: [] },
  {
    name: "one selector of two will do",
    stack: basic({ includeManagementEvents: false, dataResources: data }, {}),
    says: [],
  },
  { name: "no data events", stack: [trail({})], config: demandData, says: says(noData) },
  { name: "no data resources", stack: basic({ dataResources: [] }), config: demandData, says: says(noData) },
  { name: "data events", stack: basic({ dataResources: data }), config: demandData, says: [] },
  {
    name: "data events by another selector",
    stack: basic({}, { includeManagementEvents: false, dataResources: data }),
    config: demandData,
    says: [],
  },

  { name: "advanced: management", stack: advanced([category("Management")]), says: [] },
  {
    name: "advanced: reading only",
    stack: advanced([category("Management"), { field: "readOnly", equals: ["true"] }]),
    says: says(noManagement),
  },
  { name: "advanced: data only", stack: advanced([category("Data")]), says: says(noManagement) },
  {
    name: "advanced: no category",
    stack: advanced([{ field: "readOnly", equals: ["true"] }]),
    says: says(noManagement),
  },
  {
    name: "advanced: both",
    stack: advanced([category("Data")], [category("Management")]),
    config: demandData,
    says: [],
  },
  {
    name: "advanced: management where data is demanded",
    stack: advanced([category("Management")]),
    config: demandData,
    says: says(noData),
  },

  ...["isMultiRegionTrail", "enableLogging"].map((property) => ({
    name: `${property} that is not known`,
    stack: [trail({ [property]: unknownText })],
    says: unclear(),
  })),
  ...["eventSelectors", "advancedEventSelectors"].map((property) => ({
    name: `${property} that are not known`,
    stack: [trail({ [property]: unknownArray }, "main", { [property]: [resource("key", "k")] })],
    says: unclear(property === "eventSelectors" ? 'the outputs of Key "k"' : undefined),
  })),
  {
    name: "an unknown one beside a whole one",
    stack: [trail({ enableLogging: unknownText }), trail({}, "second")],
    says: [],
  },
]);
