import { rotationSucceeds } from "../../../../policies/rules/secrets/rotation-succeeds";
import { Case, testRule } from "../../support/cases";
import { resource, unknownArray, unknownText } from "../../support/stack";

const rotation = (props: Record<string, unknown> = {}) => [
  resource("secretRotation", "monthly", { props: { secretId: "orders", ...props } }),
];
const version = (...versionStages: readonly unknown[]) => [
  resource("secretVersion", "next", { props: { secretId: "orders", versionStages } }),
];
const off: Case["says"] = [
  {
    on: "monthly",
    violation: 'SecretRotation "monthly" is switched off. Start the rotation again with RotateSecret.',
  },
];
const stuck: Case["says"] = [
  {
    on: "next",
    violation:
      'SecretVersion "next" is still pending, which stops every later rotation. Finish the rotation, or take AWSPENDING off the version.',
  },
];
const untold: Case["says"] = [
  {
    on: "monthly",
    undecided:
      'whether SecretRotation "monthly" succeeded lately is not in the state / LastRotatedDate of DescribeSecret',
  },
];

testRule(rotationSucceeds, [
  { name: "a rotation of a program", stack: rotation(), says: [] },
  { name: "a rotation that is on", stack: rotation({ rotationEnabled: true }), says: [] },
  { name: "a rotation that is off", stack: rotation({ rotationEnabled: false }), says: off },
  {
    name: "a rotation of a first preview",
    stack: [
      {
        ...resource("secretRotation", "monthly", { props: { rotationEnabled: unknownText } }),
        propertyDependencies: {},
      },
    ],
    says: [],
  },
  {
    name: "a rotation whose success is asked for",
    stack: rotation({ rotationEnabled: true }),
    config: { reportUnknown: true },
    says: untold,
  },
  {
    name: "a rotation that is off, whose success is asked for",
    stack: rotation({ rotationEnabled: false }),
    config: { reportUnknown: true },
    says: off,
  },
  {
    name: "a version without stages",
    stack: [resource("secretVersion", "next", { props: { secretId: "orders" } })],
    says: [],
  },
  { name: "the current version", stack: version("AWSCURRENT"), says: [] },
  { name: "a pending version", stack: version("AWSPENDING"), says: stuck },
  { name: "a pending version with a label of one's own", stack: version("mine", "AWSPENDING"), says: stuck },
  {
    name: "a version that is pending and current: done, but for the label",
    stack: version("AWSCURRENT", "AWSPENDING"),
    says: [],
  },
  { name: "the previous version", stack: version("AWSPREVIOUS"), says: [] },
  { name: "a stage that is not known", stack: version("mine", unknownText), says: [] },
  {
    name: "stages that are not known",
    stack: [
      resource("secretVersion", "next", {
        props: { versionStages: unknownArray },
        from: { versionStages: [] },
      }),
    ],
    says: [],
  },
]);
