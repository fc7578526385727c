import { buildspecAssignments } from "../../credential/assignments";
import { credentialFindings, OpenValue, scanOpenValues } from "../../credential/open-values";
import { leavesOf } from "../../stack/leaves";
import { input, Resource, types } from "../../stack/resource";
import { resourceRule } from "../../rule";
import { indexesOf, orDefault, readArray, readString } from "../../stack/tri-state";

const remediation =
  "Give the variable the type SECRETS_MANAGER and the secret's name, and sign in to the source with a connection";

/** HC-02. */
export const buildVariablesNoCredentials = resourceRule({
  id: "build-variables-no-credentials",
  code: "HC-02",
  title:
    "No credentials stand in the plain variables, build commands or source addresses of CodeBuild projects",
  severity: "critical",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "8.2.1" },
    { name: "PCI DSS", version: "4.0.1", reference: "8.6.2" },
    { name: "NIST SP 800-53", version: "5", reference: "IA-5(7)" },
    { name: "HIPAA", version: "2013", reference: "164.308(a)(4)" },
  ],
  mapsTo: {
    kics: ["3deec14b"],
    cdkNag: ["AwsSolutions-CB4"],
    securityHub: ["CodeBuild.1", "CodeBuild.2"],
    awsConfig: ["codebuild-project-envvar-awscred-check", "codebuild-project-source-repo-url-check"],
    prowler: [
      "codebuild_project_no_secrets_in_variables",
      "codebuild_project_source_repo_url_no_sensitive_credentials",
    ],
  },
  remediation,
  settings: {},
  appliesTo: types.buildProject,
  prepare: (project) => scanOpenValues(project, openValuesOf(project)),
  check: (project) => credentialFindings(project, openValuesOf(project), remediation),
});

function openValuesOf(project: Resource): readonly OpenValue[] {
  const list = input(project, readArray, "environment", "environmentVariables");
  const variables = indexesOf(list).flatMap((index) => variableAt(project, index));
  const sources = [...leavesOf(project, "source"), ...leavesOf(project, "secondarySources")].flatMap(
    (leaf) => {
      const name = String(leaf.path.at(-1));
      if (name === "location") return [{ ...leaf, name }];
      return name === "buildspec" ? [{ ...leaf, name, split: buildspecAssignments }] : [];
    },
  );
  return [...variables, ...sources];
}

/** The other types name where the value is. A type that is not known yet may be plain. */
function variableAt(project: Resource, index: number): readonly OpenValue[] {
  const at = ["environmentVariables", index] as const;
  const type = orDefault(input(project, readString, "environment", ...at, "type"), "PLAINTEXT");
  if (type.state === "known" && type.value !== "PLAINTEXT") return [];
  const name = input(project, readString, "environment", ...at, "name");
  return leavesOf(project, "environment", ...at, "value").map((leaf) => ({
    ...leaf,
    name: name.state === "known" ? name.value : "",
  }));
}
