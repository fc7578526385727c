import { PolicyDocument, RequestContext, Statement, statementsOf } from "../../iam";
import { factsOf, list } from "./document-facts";
import { Answer, ask, Target, worstOf } from "./probe";
import { loner } from "./requester";

/** Issuers whose audience is the application that a token is for; others put whatever the caller asks for there. */
const issuersByAudience = [
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
];

const other = "strongroom-unrelated";

/** Subjects of tokens that strangers can get: the forms of the issuers that serve many organisations. */
export const strangerSubjects: readonly string[] = [
  other,
  `repo:${other}/${other}:ref:refs/heads/main`,
  `project_path:${other}/${other}:ref_type:branch:ref:main`,
  `organization:${other}:project:${other}:workspace:${other}:run_phase:apply`,
  `pulumi:deploy:org:${other}:project:${other}:stack:${other}:operation:update:scope:write`,
  `system:serviceaccount:${other}:${other}`,
];

/** The identity providers that a trust policy lets in by web identity, without `https://`. */
export function issuersIn(document: PolicyDocument): readonly string[] {
  const allows = statementsOf(document).filter(({ Effect: effect }) => effect === "Allow");
  return [...new Set(allows.flatMap(federated).flatMap((provider) => issuerOf(provider) ?? []))];
}

/** Whether the trust policy lets in a token of the issuer that was made for somebody else. */
export function admitsStrangers(document: PolicyDocument, issuer: string, role: Target): Answer["kind"] {
  const mine = statementsOf(document).flatMap((statement) => forIssuer(statement, issuer));
  const about: PolicyDocument = { ...document, Statement: mine };
  const target = { ...role, actions: ["sts:AssumeRoleWithWebIdentity"] };
  const keys = [...factsOf(about).literals.keys()].filter((key) =>
    key.startsWith(`${issuer.toLowerCase()}:`),
  );
  return worstOf(
    strangerSubjects.map(
      (subject) => ask(about, loner, { ...target, context: contextFor(keys, issuer, subject) }).kind,
    ),
  );
}

/** Whether whoever fetches a token of the issuer chooses the value of the key. */
export function isAudienceKey(key: string, issuer: string): boolean {
  return key.endsWith(":aud") && !issuersByAudience.includes(issuer);
}

function contextFor(keys: readonly string[], issuer: string, subject: string): RequestContext {
  const named = keys.filter((key) => !isAudienceKey(key, issuer));
  return Object.fromEntries(named.map((key) => [key, subject]));
}

/** The statement as one about everybody, when it is about this issuer: a token is the only credential then. */
function forIssuer(statement: Statement, issuer: string): readonly Statement[] {
  const concerned =
    statement.Principal === "*" || federated(statement).some((one) => issuerOf(one) === issuer);
  if (!concerned) return [];
  return [{ ...statement, Principal: "*" }];
}

function federated({ Principal: principal }: Statement): readonly string[] {
  return typeof principal === "object" ? list(principal.Federated) : [];
}

/** The issuer of a web identity, without `https://`; `undefined` for a provider of SAML assertions. */
export function issuerOf(provider: string): string | undefined {
  if (issuersByAudience.includes(provider)) return provider;
  return /:oidc-provider\/(.+)$/.exec(provider)?.[1];
}
