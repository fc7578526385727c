import { explain, RequestPrincipal } from "../../iam";
import { Access, Conjunction, PathStep, readable, Scenario, Who } from "../../iam/proof";
import { parseArn } from "../stack/location";

/** `role orders-service of 222222222222`. */
export function whoText(who: Who): string {
  switch (who.kind) {
    case "principal":
      return principalText(who.arn, who.accountId);
    case "others-of-account":
      return `any other principal of ${who.accountId}`;
    case "others-of-organization":
      return `any principal of another account of ${who.organizationId}`;
    case "any-aws-principal":
      return "any principal of any other AWS account";
    case "anonymous":
      return "anybody, without credentials";
    case "federated":
      return `anyone whom ${who.provider} vouches for`;
    case "aws-service":
      return who.service ?? "an AWS service";
  }
}

/** `role orders-service of 222222222222`, by its ARN. */
export function principalText(arn: string, accountId: string): string {
  const name = parseArn(arn)?.rest.replace(/^(role|user)\//, "$1 ") ?? arn;
  return readable(`${name} of ${accountId}`);
}

/** `only with aws:SourceVpc is vpc-1`, or nothing when it is always so. */
export function conditionsText(under: readonly Conjunction[]): string {
  if (under.length === 0 || under.some((all) => all.length === 0)) return "always";
  return readable(under.map((all) => all.map(({ text }) => text).join(" and ")).join(", or "));
}

/** Who a request is made by: an ARN, a service, or nobody. */
export function requesterText(principal: RequestPrincipal): string {
  switch (principal.kind) {
    case "anonymous":
      return "somebody without credentials";
    case "service":
      return principal.service;
    case "federated":
      return `a token of ${principal.provider}`;
    case "root":
      return `the root user of ${principal.accountId}`;
    case "user":
      return readable(principal.arn);
    case "role-session":
      return readable(principal.roleArn);
  }
}

/**
 * One call in one sentence: who makes it, through which endpoint, with which context, and what it is allowed by.
 *
 * @param under conditions whose keys are worth telling; the others follow from who calls
 */
export function scenarioText(scenario: Scenario, under: readonly Conjunction[] = []): string {
  const [first] = scenario.steps;
  if (first === undefined) return scenario.operation;
  const keys = new Set(under.flat().map(({ key }) => key));
  const context = [...keys].flatMap((key) => {
    const value = first.request.context[key.toLowerCase()];
    return value === undefined ? [] : [`${key}=${typeof value === "string" ? value : value.join(",")}`];
  });
  const endpoint = scenario.endpointId ?? first.request.context["aws:sourcevpce"];
  const through = endpoint === undefined ? "through no endpoint" : `through ${String(endpoint)}`;
  const withContext = context.length === 0 ? "" : ` with ${context.join(", ")}`;
  return readable(
    `${scenario.operation} by ${requesterText(first.request.principal)}, ${through}${withContext}`,
  );
}

/** What decides each step of a call: `secretsmanager:GetSecretValue: allowed by …; kms:Decrypt: …`. */
export function decisionsText(scenario: Scenario): string {
  const steps = scenario.steps.map(
    ({ request, decision }) => `${request.action}: ${asClause(explain(decision))}`,
  );
  return readable(steps.join("; "));
}

/** A sentence within another one. */
function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");
}

/** What is not known, once each. */
export function cannotTellTexts({ cannotTell }: Pick<Access | PathStep, "cannotTell">): readonly string[] {
  return [...new Set(cannotTell.map(({ subject, reason }) => readable(`${subject}: ${reason}`)))];
}
