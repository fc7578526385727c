import { assignmentsIn } from "../../credential/assignments";
import { credentialFindings, OpenValue, scanOpenValues } from "../../credential/open-values";
import { leavesOf } from "../../stack/leaves";
import { Resource, types } from "../../stack/resource";
import { resourceRule } from "../../rule";

const remediation =
  "Let the machine read the secret from Secrets Manager with its instance profile when it starts";

/** HC-03. */
export const userDataNoCredentials = resourceRule({
  id: "user-data-no-credentials",
  code: "HC-03",
  title: "No credentials stand in the user data of instances, in base64 and gzip or not",
  severity: "critical",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "8.6.2" }],
  mapsTo: {
    checkov: ["CKV_AWS_46"],
    trivy: ["AWS-0029", "AWS-0129"],
    cfnNag: ["W1"],
    kics: ["443488f5", "9cf718ce"],
    prowler: [
      "ec2_instance_secrets_user_data",
      "ec2_launch_template_no_secrets",
      "autoscaling_find_secrets_ec2_launch_configuration",
    ],
  },
  remediation,
  settings: {},
  appliesTo: [types.instance, types.launchTemplate, types.launchConfiguration],
  prepare: (machine) => scanOpenValues(machine, userDataOf(machine)),
  check: (machine) => credentialFindings(machine, userDataOf(machine), remediation),
});

function userDataOf(machine: Resource): readonly OpenValue[] {
  const leaves = [...leavesOf(machine, "userData"), ...leavesOf(machine, "userDataBase64")];
  return leaves.map((leaf) => ({ ...leaf, name: "userData", split: assignmentsIn }));
}
