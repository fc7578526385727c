import { PolicyDocument, statementsOf } from "../../../iam";
import { HeldDocument } from "../../documents/document";
import { factsOf, list } from "../../documents/document-facts";
import { admitsStrangers, issuersIn } from "../../documents/federation";
import { undecided, violation } from "../../findings";
import { identitiesOf } from "../../facts/identities/identities";
import { accountOf } from "../../stack/location";
import { Organization } from "../../organization";
import { placeOf } from "../../stack/place";
import { ask, Target, worstOf } from "../../documents/probe";
import { loner, outsider } from "../../documents/requester";
import { label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { admitsConfusedDeputy } from "../../documents/service-trust";
import { ConfigOf } from "../../setting";

const remediation =
  "Name who may assume the role, and hold it with aws:PrincipalOrgID, sts:ExternalId, aws:SourceAccount or the " +
  "subject of the token";

const settings = {
  trustedAccounts: {
    type: "array",
    items: { type: "string", pattern: "^[0-9]{12}$" },
    default: [],
    description: "Accounts that need neither external id nor MFA, beside those of the organisation.",
  },
  confusedDeputyServices: {
    type: "array",
    items: { type: "string", pattern: "^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$" },
    default: ["rolesanywhere", "scheduler", "states", "bedrock", "vpc-flow-logs"].map(
      (name) => `${name}.amazonaws.com`,
    ),
    description:
      "Services that act for many accounts and say for which one, so that a condition on aws:SourceAccount, " +
      "aws:SourceArn or aws:SourceOrgID is asked for.",
  },
} as const;

/** IAM-08. */
export const trustPolicyNarrow = graphRule({
  id: "trust-policy-narrow",
  code: "IAM-08",
  title: "Each role says by whom it may be assumed, and no stranger is among them",
  severity: "critical",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_358", "CKV_AWS_393", "CKV_AWS_283"],
    cfnNag: ["F2", "F6", "W14"],
    kics: ["12b7e704", "09c35abf", "bcdcbdc6"],
    prowler: [
      "iam_role_cross_service_confused_deputy_prevention",
      "iam_no_custom_policy_permissive_role_assumption",
    ],
  },
  remediation,
  settings,
  check: (graph, config, organization) =>
    identitiesOf(graph).trusts.flatMap((held) => checkTrust(held, config, organization)),
});

type KnownDocument = HeldDocument & { readonly state: "known" };

function checkTrust(
  held: HeldDocument,
  config: ConfigOf<typeof settings>,
  organization: Organization,
): readonly Finding[] {
  const { holder } = held;
  const where = `the trust policy of ${label(holder)}`;
  if (held.state === "unknown") return [undecided(holder, `${where} is not known`, held.decidedBy)];
  if (held.state === "unreadable") {
    return [violation(holder, `AWS refuses ${where}: ${held.reason}`, "Write a policy that AWS accepts")];
  }
  const { partition, accountId } = placeOf(holder);
  const resourceArns = [`arn:${partition}:iam::${accountId}:role/${holder.name}`];
  const role = { actions: ["sts:AssumeRole"], accountId, resourceArns };
  const services = new Set(servicesIn(held.document));
  const admitted = [
    ...wildcards(held.document, role),
    ...issuersIn(held.document).map((issuer) => ({
      who: `lets in any token of ${issuer}`,
      answer: admitsStrangers(held.document, issuer, role),
    })),
    ...config.confusedDeputyServices
      .filter((service) => services.has(service))
      .map((service) => ({
        who: `lets ${service} in for any account`,
        answer: admitsConfusedDeputy(held.document, service, role),
      })),
  ];
  const findings = admitted.flatMap(({ who, answer }) =>
    answer === "admitted" ? [violation(holder, `${where} ${who}`, remediation)] : [],
  );
  const complex = admitted.some(({ answer }) => answer === "too-complex");
  const foreign = foreignAccounts(held, role, [...organization.accounts, ...config.trustedAccounts], where);
  return [...findings, ...(complex ? [tooComplex(held, where)] : []), ...foreign];
}

/** Services that the policy allows by name. */
function servicesIn(document: PolicyDocument): readonly string[] {
  return statementsOf(document).flatMap(({ Effect: effect, Principal: principal }) =>
    effect === "Allow" && typeof principal === "object" ? list(principal.Service) : [],
  );
}

interface Admission {
  readonly who: string;
  readonly answer: "admitted" | "refused" | "too-complex";
}

function wildcards(document: PolicyDocument, role: Target): readonly Admission[] {
  const strangers = [loner, outsider].map((requester) => ask(document, requester, role).kind);
  const allows = statementsOf(document).filter(({ Effect: effect }) => effect === "Allow");
  const actions = allows.flatMap((statement) => list(statement.Action).map((action) => action.toLowerCase()));
  return [
    { who: "lets in any AWS account", answer: worstOf(strangers) },
    { who: "lets in every AWS service", answer: servicesIn(document).includes("*") ? "admitted" : "refused" },
    {
      who: "allows every action",
      answer: actions.some((action) => ["*", "sts:*"].includes(action)) ? "admitted" : "refused",
    },
  ];
}

/** Accounts that get in as they are: in no organisation that the policy asks for, without external id, without MFA. */
function foreignAccounts(
  held: KnownDocument,
  role: Target,
  trusted: readonly string[],
  where: string,
): readonly Finding[] {
  const owner = accountOf(held.holder);
  return factsOf(held.document).accounts.flatMap((accountId) => {
    if (trusted.includes(accountId) || (owner.state === "known" && owner.value === accountId)) return [];
    const answers = bareRequests(accountId).map(
      ({ requester, context }) => ask(held.document, requester, { ...role, context }).kind,
    );
    if (!answers.includes("admitted"))
      return answers.includes("too-complex") ? [tooComplex(held, where)] : [];
    if (owner.state !== "known") {
      const reason = `whether account ${accountId} in ${where} owns the role is not known`;
      return [undecided(held.holder, reason, "an account in the provider's settings")];
    }
    const fact = `${where} lets in account ${accountId}, in whatever organisation it is, without external id or MFA`;
    return [violation(held.holder, fact, remediation)];
  });
}

/** In no organisation and in another one; with no external id and a wrong one; without MFA, said and not said. */
function bareRequests(accountId: string) {
  const account = { kind: "account", accountId, ownsNetworks: true } as const;
  const requesters = [account, { ...account, organizationId: "o-anyotherone" }];
  const contexts = [[], "strongroom-unrelated"].flatMap((externalId) =>
    [[], "false"].map((mfa) => ({ "sts:externalid": externalId, "aws:multifactorauthpresent": mfa })),
  );
  return requesters.flatMap((requester) => contexts.map((context) => ({ requester, context })));
}

function tooComplex(held: HeldDocument, where: string): Finding {
  const reason = `${where} has too many conditions to try them all`;
  return undecided(held.holder, reason, "a policy with fewer condition values");
}
