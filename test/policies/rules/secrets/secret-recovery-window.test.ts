import { secretRecoveryWindow } from "../../../../policies/rules/secrets/secret-recovery-window";
import { testRule } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix = "Set recoveryWindowInDays to at least the minimum, and leave forceOverwriteReplicaSecret out.";
const secret = (props: Record<string, unknown>, protect = false) => [
  resource("secret", "orders", { props, protect }),
];
const short = (fact: string, least: number) => [
  { on: "orders", violation: `Secret "orders" ${fact}, less than ${least} days. ${fix}` },
];

testRule(secretRecoveryWindow, [
  { name: "the provider's default of 30 days", stack: secret({}), says: [] },
  {
    name: "the default is enough for the longest demand",
    stack: secret({}),
    config: { minimumDays: 30 },
    says: [],
  },
  { name: "seven days", stack: secret({ recoveryWindowInDays: 7 }), says: [] },
  {
    name: "none",
    stack: secret({ recoveryWindowInDays: 0 }),
    says: short("is deleted at once and for good", 7),
  },
  {
    name: "13 of 14 days",
    stack: secret({ recoveryWindowInDays: 13 }),
    config: { minimumDays: 14 },
    says: short("can be restored for 13 days", 14),
  },
  {
    name: "14 of 14 days",
    stack: secret({ recoveryWindowInDays: 14 }),
    config: { minimumDays: 14 },
    says: [],
  },
  {
    name: "overwriting a secret in the replica Region",
    stack: secret({ forceOverwriteReplicaSecret: true }),
    says: [
      {
        on: "orders",
        violation: `Secret "orders" overwrites a secret of the same name in the replica Region. ${fix}`,
      },
    ],
  },
  { name: "not overwriting", stack: secret({ forceOverwriteReplicaSecret: false }), says: [] },
  {
    name: "protection where it is asked for",
    stack: secret({}),
    config: { requireProtect: true },
    says: [{ on: "orders", violation: 'Secret "orders" is not protected. Set the resource option protect.' }],
  },
  { name: "protected", stack: secret({}, true), config: { requireProtect: true }, says: [] },
  {
    name: "an unknown window beside a fact that is known",
    stack: secret({ recoveryWindowInDays: unknownText, forceOverwriteReplicaSecret: true }),
    says: [
      {
        on: "orders",
        violation: `Secret "orders" overwrites a secret of the same name in the replica Region. ${fix}`,
      },
      {
        on: "orders",
        undecided:
          'how long Secret "orders" can be restored is not known / the values of `recoveryWindowInDays` and `forceOverwriteReplicaSecret`',
      },
    ],
  },
]);
