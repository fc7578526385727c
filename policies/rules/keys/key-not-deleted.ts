import { undecided, violation } from "../../findings";
import { deciders, input, label, Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { ConfigOf } from "../../setting";
import { orDefault, readBoolean, readNumber, readString } from "../../stack/tri-state";

/** What KMS takes where the program sets nothing. */
const defaultDays = 30;

const settings = {
  minimumDays: {
    type: "integer",
    minimum: 7,
    maximum: 30,
    default: 14,
    description: "Shortest time in which the deletion of a key can be taken back.",
  },
} as const;

const remediation = "Set deletionWindowInDays to at least the minimum, and keep the key enabled";

/** KMS-04. The state of a key is known for external keys, and for the others in what an update has made. */
export const keyNotDeleted = graphRule({
  id: "key-not-deleted",
  code: "KMS-04",
  title: "Keys are in use, and a deletion can be taken back for long enough to notice",
  severity: "high",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "SC-12" },
    { name: "PCI DSS", version: "4.0.1", reference: "3.6.1" },
    { name: "PCI DSS", version: "4.0.1", reference: "3.7.5" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_227"],
    kics: ["0b530315", "7350fa23"],
    securityHub: ["KMS.3"],
    awsConfig: ["kms-cmk-not-scheduled-for-deletion"],
    prowler: ["kms_cmk_not_deleted_unintentionally", "kms_cmk_are_used"],
  },
  remediation,
  settings,
  check: (graph, config) =>
    graph.keys
      .filter(({ inStack }) => inStack)
      .flatMap(({ resource }) => [...checkWindow(resource, config), ...checkState(resource)]),
});

function checkWindow(key: Resource, { minimumDays }: ConfigOf<typeof settings>): readonly Finding[] {
  const days = orDefault(input(key, readNumber, "deletionWindowInDays"), defaultDays);
  if (days.state === "unknown") {
    const reason = `how long ${label(key)} can be restored is not known`;
    return [undecided(key, reason, deciders(key, "deletionWindowInDays"))];
  }
  if (days.state === "absent" || days.value >= minimumDays) return [];
  const fact = `${label(key)} is gone ${days.value} days after its deletion, fewer than ${minimumDays}`;
  return [violation(key, fact, remediation)];
}

function checkState(key: Resource): readonly Finding[] {
  const switches = ["isEnabled", "enabled"].map((property) => ({
    property,
    value: input(key, readBoolean, property),
  }));
  if (switches.some(({ value }) => value.state === "known" && !value.value)) {
    return [violation(key, `${label(key)} is disabled, so nothing under it can be read`, remediation)];
  }
  const state = input(key, readString, "keyState");
  if (state.state === "known" && /^(Pending(Replica)?Deletion|Disabled)$/.test(state.value)) {
    return [violation(key, `${label(key)} is in the state ${state.value}`, remediation)];
  }
  return switches.flatMap(({ property, value }) =>
    value.state === "unknown"
      ? [undecided(key, `whether ${label(key)} is enabled is not known`, deciders(key, property))]
      : [],
  );
}
