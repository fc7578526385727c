import { undecided, violation } from "../../findings";
import { parseArn } from "../../stack/location";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { rotationFunctions } from "../../facts/rotation/rotation-functions";
import { Finding, graphRule } from "../../rule";
import { readString, Tri } from "../../stack/tri-state";

const remediation =
  "Name one account or service as the principal, a service with sourceAccount or a sourceArn, and give URLs the " +
  "authorization type AWS_IAM";

/** LAM-05. */
export const functionNotPublic = graphRule({
  id: "function-not-public",
  code: "LAM-05",
  title: "No function and no function URL is open to the public, and services call only for named sources",
  severity: "critical",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "7.3.1" },
    { name: "HIPAA", version: "2013", reference: "164.312(a)(1)" },
    { name: "CIS AWS Foundations", version: "7.0", reference: "2.21" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_301", "CKV_AWS_258", "CKV_AWS_364"],
    trivy: ["AWS-0067"],
    cfnNag: ["F13"],
    kics: ["1btsf2f9", "e08ed7eb", "ad9dabc7"],
    securityHub: ["Lambda.1"],
    awsConfig: ["lambda-function-public-access-prohibited"],
    prowler: ["awslambda_function_not_publicly_accessible", "awslambda_function_url_public"],
  },
  remediation,
  settings: {},
  check: (graph) => {
    // What may call a rotation function is SM-04's subject, which asks for more.
    const rotating = rotationFunctions(graph);
    const skipped = new Set(
      graph.functions.filter(({ resource }) => rotating.has(resource)).flatMap((node) => node.permissions),
    );
    return [
      ...graph.of(types.functionUrl).flatMap(checkUrl),
      ...graph
        .of(types.permission)
        .filter((one) => !skipped.has(one))
        .flatMap(checkPermission),
    ];
  },
});

function checkUrl(url: Resource): readonly Finding[] {
  const type = input(url, readString, "authorizationType");
  if (type.state === "unknown") {
    const reason = `who may call ${label(url)} is not known`;
    return [undecided(url, reason, deciders(url, "authorizationType"))];
  }
  if (type.state !== "known" || type.value !== "NONE") return [];
  return [violation(url, `${label(url)} lets anybody call the function, without credentials`, remediation)];
}

function checkPermission(permission: Resource): readonly Finding[] {
  const where = label(permission);
  const principal = input(permission, readString, "principal");
  const bounds = ["sourceArn", "sourceAccount", "principalOrgId"].map((name) => ({
    name,
    value: input(permission, readString, name),
  }));
  if (principal.state === "unknown") {
    const reason = `whom ${where} lets in is not known`;
    return [undecided(permission, reason, deciders(permission, "principal"))];
  }
  if (principal.state === "absent" || !isOpen(principal.value)) return [];
  if (bounds.some(({ name, value }) => isBound(name, value, principal.value))) return [];
  const whom = principal.value === "*" ? "anybody" : `${principal.value} for any account`;
  return [violation(permission, `${where} lets ${whom} call the function`, remediation)];
}

/** Everybody, or a service that works for everybody. */
function isOpen(principal: string): boolean {
  return principal === "*" || principal.endsWith(".amazonaws.com");
}

/**
 * An organisation bounds accounts, not services. The ARN of a bucket says nothing of its account, and a name of a bucket
 * that is deleted is free for others. A source that is not known yet is a single one all the same.
 */
function isBound(name: string, value: Tri<string>, principal: string): boolean {
  if (name === "principalOrgId" && principal !== "*") return false;
  if (value.state !== "known") return value.state === "unknown";
  return name !== "sourceArn" ? value.value !== "" : /^\d{12}$/.test(parseArn(value.value)?.account ?? "");
}
