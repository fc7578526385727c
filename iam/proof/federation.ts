import { statementsOf } from "../compiled-policy";
import { withoutAccount } from "./class-subjects";
import { fixed, free, KeyState, textDomain } from "./key-domain";
import { Subject } from "./subject";
import { isKnown, WorldDocument } from "./world";

/** The ways to assume a role with a token or an assertion of an identity provider. */
export type FederatedAction = "AssumeRoleWithWebIdentity" | "AssumeRoleWithSAML";

/** Providers whom `Allow` statements of a trust policy name, as they name them. */
export function providersIn(trust: WorldDocument | undefined): readonly string[] {
  if (trust === undefined || !isKnown(trust)) return [];
  const named = statementsOf(trust.policy.document).flatMap(({ Effect: effect, Principal: principal }) =>
    effect === "Allow" && typeof principal === "object" ? (principal.Federated ?? []) : [],
  );
  return [...new Set(named)];
}

/** What assumes a role with what the provider gives out. */
export function actionFor(provider: string): FederatedAction {
  return provider.includes(":saml-provider/") ? "AssumeRoleWithSAML" : "AssumeRoleWithWebIdentity";
}

/**
 * Anyone whom an identity provider vouches for. What it says of them is free: the claims of a token, as
 * `<issuer>:sub` and `<issuer>:aud`, or the attributes of an assertion, as `saml:sub`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function federatedSubject(provider: string): Subject {
  return {
    who: { kind: "federated", provider },
    principal: { kind: "federated", provider },
    key: (key) => claim(key, prefixOf(provider)) ?? ownKey(key, provider) ?? withoutAccount(key),
    identity: [],
    domain: `federated ${provider}`,
    label: [],
  };
}

/** What the keys of the provider's claims begin with, in lower case: `token.actions.githubusercontent.com:`. */
function prefixOf(provider: string): string {
  if (actionFor(provider) === "AssumeRoleWithSAML") return "saml:";
  const issuer = /:oidc-provider\/(.+)$/.exec(provider)?.[1] ?? provider;
  return `${issuer.toLowerCase()}:`;
}

/** Every token has a subject and an audience. */
const ALWAYS = new Set(["sub", "aud", "iss"]);
const MANY_VALUES = new Set(["amr", "edupersonaffiliation", "edupersonentitlement"]);

function claim(key: string, prefix: string): KeyState | undefined {
  if (!key.startsWith(prefix)) return undefined;
  const name = key.slice(prefix.length);
  const hasManyValues = MANY_VALUES.has(name);
  return free(textDomain(key, { mayBeAbsent: !ALWAYS.has(name), hasManyValues }));
}

function ownKey(key: string, provider: string): KeyState | undefined {
  if (key === "aws:federatedprovider") return fixed(provider);
  return key === "aws:principaltype" ? fixed(undefined) : undefined;
}
