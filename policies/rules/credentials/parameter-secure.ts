import { credentialFindings, OpenValue, scanOpenValues } from "../../credential/open-values";
import { leavesOf } from "../../stack/leaves";
import { input, Resource, types } from "../../stack/resource";
import { resourceRule } from "../../rule";
import { orDefault, readString } from "../../stack/tri-state";

const remediation = "Give the parameter the type SecureString, or better keep the value in Secrets Manager";

/** SSM-01. */
export const parameterSecure = resourceRule({
  id: "parameter-secure",
  code: "SSM-01",
  title: "Parameters that hold a credential are secure strings",
  severity: "high",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "8.3.2" }],
  mapsTo: { checkov: ["CKV2_AWS_34", "CKV_AWS_384"] },
  remediation,
  settings: {},
  appliesTo: types.parameter,
  prepare: (parameter) => scanOpenValues(unmarked(parameter), openValuesOf(parameter)),
  check: (parameter) => credentialFindings(unmarked(parameter), openValuesOf(parameter), remediation),
});

/** The SDK marks every `value` as a secret, so that the mark of this property says nothing. */
function unmarked(parameter: Resource): Resource {
  const secretPaths = (parameter.secretPaths ?? []).filter(([property]) => property !== "value");
  return { ...parameter, secretPaths };
}

/** A parameter's type that is not known yet may be an open one. */
function openValuesOf(parameter: Resource): readonly OpenValue[] {
  const type = orDefault(input(parameter, readString, "type"), "String");
  if (type.state === "known" && type.value === "SecureString") return [];
  const given = input(parameter, readString, "name");
  const name = given.state === "known" ? (given.value.split("/").at(-1) ?? "") : parameter.name;
  return ["value", "insecureValue"].flatMap((property) =>
    leavesOf(parameter, property).map((leaf) => ({ ...leaf, name })),
  );
}
