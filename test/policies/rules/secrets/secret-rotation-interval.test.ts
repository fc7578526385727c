import { secretRotationInterval } from "../../../../policies/rules/secrets/secret-rotation-interval";
import { testRule } from "../../support/cases";
import { resource, Said, unknownObject, unknownText } from "../../support/stack";

const fix = "Rotate more often: set rotationRules so that the longest gap and the window fit in the limit.";
const rotation = (rotationRules: unknown) => [
  resource("secretRotation", "orders", {
    props: { rotationLambdaArn: "arn:aws:lambda:eu-west-1:111111111111:function:rotate", rotationRules },
  }),
];
const tooLong = (days: string, gap: string, hours: number, limit = 90): Said => ({
  on: "orders",
  violation: `SecretRotation "orders" can leave ${days} days between two rotations${hours === 0 ? "" : ` (${gap} and a window of ${hours} hours)`}, more than ${limit}. ${fix}`,
});
const says = (text: string): Said => ({ on: "orders", violation: `${text}. ${fix}` });
const notKnown: Said = {
  on: "orders",
  undecided: 'the schedule of SecretRotation "orders" is not known / the value of `rotationRules`',
};

testRule(secretRotationInterval, [
  { name: "90 days", stack: rotation({ automaticallyAfterDays: 90 }), says: [] },
  { name: "91 days", stack: rotation({ automaticallyAfterDays: 91 }), says: [tooLong("91", "91", 0)] },
  {
    name: "90 days and a window of three hours",
    stack: rotation({ automaticallyAfterDays: 90, duration: "3h" }),
    says: [tooLong("90.13", "90", 3)],
  },
  {
    name: "89 days and a window of a day",
    stack: rotation({ automaticallyAfterDays: 89, duration: "24h" }),
    says: [],
  },
  {
    name: "90 days with AWS's own window",
    stack: rotation({ automaticallyAfterDays: 90 }),
    config: { countDefaultWindow: true },
    says: [tooLong("91", "90", 24)],
  },
  {
    name: "rate(4 hours) with AWS's own window",
    stack: rotation({ scheduleExpression: "rate(24 hours)" }),
    config: { countDefaultWindow: true, maximumDays: 1 },
    says: [tooLong("1.05", "1", 1, 1)],
  },
  {
    name: "90 days and a window of a day",
    stack: rotation({ automaticallyAfterDays: 90, duration: "24h" }),
    says: [tooLong("91", "90", 24)],
  },
  ...["3h30m", "x3h", ""].map((duration) => ({
    name: `90 days and no window in hours: "${duration}"`,
    stack: rotation({ automaticallyAfterDays: 90, duration }),
    says: [],
  })),
  {
    name: "rate(1 hour) with AWS's own window",
    stack: rotation({ scheduleExpression: "rate(1 hour)" }),
    config: { countDefaultWindow: true, maximumDays: 1 },
    says: [],
  },
  {
    name: "days beside an empty expression",
    stack: rotation({ scheduleExpression: "", automaticallyAfterDays: 91 }),
    says: [tooLong("91", "91", 0)],
  },
  {
    name: "no days",
    stack: rotation({ automaticallyAfterDays: 0 }),
    says: [says('SecretRotation "orders" has no schedule')],
  },
  { name: "rate(90 days)", stack: rotation({ scheduleExpression: "rate(90 days)" }), says: [] },
  {
    name: "rate(2161 hours): an hour too long",
    stack: rotation({ scheduleExpression: "rate(2161 hours)" }),
    says: [tooLong("90.05", "90.05", 0)],
  },
  {
    name: "each month",
    stack: rotation({ scheduleExpression: "cron(0 4 1 * ? *)", duration: "2h" }),
    says: [],
  },
  {
    name: "each quarter: July to October are 92 days",
    stack: rotation({ scheduleExpression: "cron(0 4 1 1,4,7,10 ? *)" }),
    says: [tooLong("92", "92", 0)],
  },
  {
    name: "each quarter within 92",
    stack: rotation({ scheduleExpression: "cron(0 4 1 1,4,7,10 ? *)" }),
    config: { maximumDays: 92 },
    says: [],
  },
  {
    name: "the fifth Monday",
    stack: rotation({ scheduleExpression: "cron(0 4 ? * 2#5 *)" }),
    says: [tooLong("119", "119", 0)],
  },
  {
    name: "a date that never comes",
    stack: rotation({ scheduleExpression: "cron(0 4 31 2 ? *)" }),
    says: [says('the schedule of SecretRotation "orders" never comes due')],
  },
  {
    name: "a schedule that ends",
    stack: rotation({ scheduleExpression: "cron(0 4 1 * ? 2030)" }),
    says: [says('the schedule of SecretRotation "orders" ends with the year 2030')],
  },
  {
    name: "no schedule at all",
    stack: rotation({}),
    says: [says('SecretRotation "orders" has no schedule')],
  },
  {
    name: "text that is no schedule",
    stack: rotation({ scheduleExpression: "monthly" }),
    says: [
      says('the schedule of SecretRotation "orders" cannot be read: it is neither rate(...) nor cron(...)'),
    ],
  },
  {
    name: "the service's own schedule of a managed secret",
    stack: [resource("secretRotation", "orders")],
    says: [],
  },
  { name: "an unknown expression", stack: rotation({ scheduleExpression: unknownText }), says: [notKnown] },
  {
    name: "an unknown window",
    stack: rotation({ automaticallyAfterDays: 30, duration: unknownText }),
    says: [notKnown],
  },
  {
    name: "unknown rules",
    stack: [
      resource("secretRotation", "orders", {
        props: { rotationRules: unknownObject },
        from: { rotationRules: [] },
      }),
    ],
    says: [notKnown],
  },
]);
