import { documentIn, HeldDocument } from "../../documents/document";
import { SecretsEndpoint, secretsEndpoints } from "../../facts/network/endpoints";
import { undecided, violation } from "../../findings";
import { Target } from "../../documents/probe";
import { publicAccess } from "../../documents/public-access";
import { label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";

const remediation =
  "Set a policy that allows principals of your organisation only, with aws:PrincipalOrgID, or your secrets only";

/** VPCE-02. */
export const endpointPolicyBound = graphRule({
  id: "endpoint-policy-bound",
  code: "VPCE-02",
  title: "Endpoints let nobody of another organisation through to secrets of another organisation",
  severity: "high",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "1.3.1" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.3.1" },
  ],
  mapsTo: { prowler: ["vpc_endpoint_connections_trust_boundaries"] },
  remediation,
  settings: {},
  check: (graph) => secretsEndpoints(graph).flatMap(checkEndpoint),
});

function checkEndpoint(endpoint: SecretsEndpoint): readonly Finding[] {
  const { resource, policies } = endpoint;
  const held = [resource, ...policies].flatMap((holder) => {
    const document = documentIn(holder, "policy");
    return document === undefined ? [] : [document];
  });
  if (held.length === 0) {
    return [
      violation(resource, `${label(resource)} has the policy of AWS, which allows everything`, remediation),
    ];
  }
  return held.flatMap((one) => checkDocument(one, endpoint.service));
}

function checkDocument(held: HeldDocument, service: string): readonly Finding[] {
  const { holder } = held;
  const where = `the policy of ${label(holder)}`;
  if (held.state === "unknown") return [undecided(holder, `${where} is not known`, held.decidedBy)];
  if (held.state === "unreadable") {
    return [violation(holder, `${where} cannot be read: ${held.reason}`, "Correct the document")];
  }
  const { who, answer } = publicAccess(held.document, foreign(service));
  if (answer.kind === "refused") return [];
  if (answer.kind === "too-complex") {
    return [undecided(holder, `${where} has too many combinations of conditions to try`, "a simpler policy")];
  }
  return [violation(holder, `${where} lets through ${who}, to what belongs to others`, remediation)];
}

/**
 * Something of an account and an organisation that no policy names: who can bring credentials of his own into the
 * network and reach it can carry data out.
 */
function foreign(service: string): Target {
  const accountId = "000000000002";
  const region = "us-east-1";
  const targets: Readonly<Record<string, Pick<Target, "actions" | "resourceArns">>> = {
    secretsmanager: {
      actions: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
      resourceArns: [`arn:aws:secretsmanager:${region}:${accountId}:secret:theirs-a1b2c3`],
    },
    kms: {
      actions: ["kms:Decrypt", "kms:Encrypt"],
      resourceArns: [`arn:aws:kms:${region}:${accountId}:key/00000000-0000-0000-0000-000000000000`],
    },
    ssm: {
      actions: ["ssm:GetParameter", "ssm:PutParameter"],
      resourceArns: [`arn:aws:ssm:${region}:${accountId}:parameter/theirs`],
    },
  };
  return {
    ...targets[service]!,
    accountId,
    context: { "aws:resourceorgid": "o-anyotherone", "aws:requestedregion": region },
  };
}
