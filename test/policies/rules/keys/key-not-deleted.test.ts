import { keyNotDeleted } from "../../../../policies/rules/keys/key-not-deleted";
import { Case, testRule } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix = "Set deletionWindowInDays to at least the minimum, and keep the key enabled.";
const key = (props: Record<string, unknown>) => [resource("key", "main", { props })];
const short = (days: number, minimum = 14): Case["says"] => [
  {
    on: "main",
    violation: `Key "main" is gone ${days} days after its deletion, fewer than ${minimum}. ${fix}`,
  },
];
const disabled: Case["says"] = [
  { on: "main", violation: `Key "main" is disabled, so nothing under it can be read. ${fix}` },
];

testRule(keyNotDeleted, [
  { name: "KMS's own window", stack: key({}), says: [] },
  { name: "the longest window", stack: key({ deletionWindowInDays: 30 }), says: [] },
  { name: "the shortest window that will do", stack: key({ deletionWindowInDays: 14 }), says: [] },
  { name: "a day less", stack: key({ deletionWindowInDays: 13 }), says: short(13) },
  { name: "the shortest that KMS takes", stack: key({ deletionWindowInDays: 7 }), says: short(7) },
  {
    name: "the shortest that KMS takes, when told",
    stack: key({ deletionWindowInDays: 7 }),
    config: { minimumDays: 7 },
    says: [],
  },
  {
    name: "a longer one, when told",
    stack: key({ deletionWindowInDays: 29 }),
    config: { minimumDays: 30 },
    says: short(29, 30),
  },
  { name: "enabled", stack: key({ isEnabled: true }), says: [] },
  { name: "disabled", stack: key({ isEnabled: false }), says: disabled },
  {
    name: "both",
    stack: key({ isEnabled: false, deletionWindowInDays: 7 }),
    says: [...short(7), ...disabled],
  },
  {
    name: "a disabled replica and a disabled external key",
    stack: [
      resource("replicaKey", "there", { props: { enabled: false } }),
      resource("externalKey", "own", { props: { enabled: false } }),
    ],
    says: [
      { on: "own", violation: `ExternalKey "own" is disabled, so nothing under it can be read. ${fix}` },
      { on: "there", violation: `ReplicaKey "there" is disabled, so nothing under it can be read. ${fix}` },
    ],
  },
  ...["PendingDeletion", "PendingReplicaDeletion", "Disabled"].map((state): Case => ({
    name: `the state ${state}`,
    stack: [resource("externalKey", "own", { props: { keyState: state } })],
    says: [{ on: "own", violation: `ExternalKey "own" is in the state ${state}. ${fix}` }],
  })),
  ...["Enabled", "PendingImport"].map((state): Case => ({
    name: `the state ${state}`,
    stack: [resource("externalKey", "own", { props: { keyState: state } })],
    says: [],
  })),
  {
    name: "a window that is not known",
    stack: [
      resource("key", "main", {
        props: { deletionWindowInDays: unknownText },
        from: { deletionWindowInDays: [resource("secret", "orders")] },
      }),
    ],
    says: [
      {
        on: "main",
        undecided: 'how long Key "main" can be restored is not known / the outputs of Secret "orders"',
      },
    ],
  },
  {
    name: "a switch that is not known",
    stack: key({ isEnabled: unknownText }),
    says: [
      { on: "main", undecided: 'whether Key "main" is enabled is not known / the value of `isEnabled`' },
    ],
  },
  {
    name: "a redacted window",
    stack: key({ deletionWindowInDays: "[secret]" }),
    says: [
      {
        on: "main",
        undecided: 'how long Key "main" can be restored is not known / the value of `deletionWindowInDays`',
      },
    ],
  },
  {
    name: "a key of another stack",
    stack: [resource("keyPolicy", "p", { props: { keyId: "k" } })],
    says: [],
  },
]);
