import { containerAssignments } from "../../credential/containers";
import { credentialFindings, OpenValue, scanOpenValues } from "../../credential/open-values";
import { leavesOf } from "../../stack/leaves";
import { Resource, types } from "../../stack/resource";
import { resourceRule } from "../../rule";

const remediation =
  "Name the secret's ARN under secrets of the container, with valueFrom, instead of a value under environment";

/** HC-01. */
export const containerVariablesNoCredentials = resourceRule({
  id: "container-variables-no-credentials",
  code: "HC-01",
  title: "No credentials stand in the container definitions of ECS tasks",
  severity: "critical",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "8.6.2" },
    { name: "PCI DSS", version: "4.0.1", reference: "3.5.1" },
  ],
  mapsTo: {
    trivy: ["AWS-0036"],
    cdkNag: ["AwsSolutions-ECS2"],
    kics: ["d40210ea"],
    securityHub: ["ECS.8"],
    awsConfig: ["ecs-no-environment-secrets"],
    prowler: ["ecs_task_definitions_no_environment_secrets"],
  },
  remediation,
  settings: {},
  appliesTo: types.taskDefinition,
  prepare: (task) => scanOpenValues(task, definitionsOf(task)),
  check: (task) => credentialFindings(task, definitionsOf(task), remediation),
});

/** Definitions that are not known are worth a note: a task without variables is rare. */
function definitionsOf(task: Resource): readonly OpenValue[] {
  return leavesOf(task, "containerDefinitions").map((leaf) => ({
    ...leaf,
    name: "credentials",
    split: containerAssignments,
  }));
}
