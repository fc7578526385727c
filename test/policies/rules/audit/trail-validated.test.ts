import { trailValidated } from "../../../../policies/rules/audit/trail-validated";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const sound = {
  enableLogFileValidation: true,
  cloudWatchLogsGroupArn: "arn:aws:logs:eu-west-1:111111111111:log-group:t:*",
};
const trail = (props: Record<string, unknown>) => [resource("trail", "main", { props })];
const unproved = violates(
  "main",
  'nobody can tell whether files of Trail "main" were changed. Set enableLogFileValidation.',
);
const undelivered = violates("main", 'Trail "main" does not go to CloudWatch. Set cloudWatchLogsGroupArn.');

testRule(trailValidated, [
  { name: "no trail", stack: [], says: [] },
  { name: "both", stack: trail(sound), says: [] },
  { name: "neither", stack: trail({}), says: [unproved, undelivered] },
  { name: "validation off", stack: trail({ ...sound, enableLogFileValidation: false }), says: [unproved] },
  { name: "an empty group", stack: trail({ ...sound, cloudWatchLogsGroupArn: "" }), says: [undelivered] },
  {
    name: "a group that is to be made",
    stack: trail({ ...sound, cloudWatchLogsGroupArn: unknownText }),
    says: [],
  },
  {
    name: "no group where none is demanded",
    stack: trail({ enableLogFileValidation: true }),
    config: { cloudWatch: false },
    says: [],
  },
  {
    name: "an unknown switch",
    stack: trail({ ...sound, enableLogFileValidation: unknownText }),
    says: [
      waits(
        "main",
        'whether the files of Trail "main" can be validated is not known / the value of `enableLogFileValidation`',
      ),
    ],
  },
]);
