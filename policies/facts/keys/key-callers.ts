import { PolicyDocument } from "../../../iam";
import { factsOf } from "../../documents/document-facts";
import { KeyNode } from "../../stack/graph";
import { keyOwnerOf, keyTarget } from "./key-target";
import { parseArn } from "../../stack/location";
import { Answer, ask, Target, worstOf } from "../../documents/probe";
import { organizationsIn } from "../secrets/readers";
import { Requester } from "../../documents/requester";

type AccountRequester = Extract<Requester, { kind: "account" }>;

/** Somebody a key policy may let in, and how messages call them. */
export interface KeyCaller {
  readonly who: string;
  readonly requester: AccountRequester;
}

/**
 * Users, roles and other accounts that the policy names. The root of the key's own account is none: it only leaves
 * the decision to IAM.
 */
export function namedCallers(document: PolicyDocument, key: KeyNode): readonly KeyCaller[] {
  const facts = factsOf(document);
  const owner = keyOwnerOf(key);
  const principals = facts.principals.filter((arn) => !arn.endsWith(":root"));
  const others = facts.accounts.filter((accountId) => owner.state === "known" && accountId !== owner.value);
  const byArn = principals.map((principalArn) => ({
    who: principalArn,
    requester: requesterOf(parseArn(principalArn)?.account ?? "", principalArn),
  }));
  return [
    ...byArn,
    ...others.map((accountId) => ({ who: `account ${accountId}`, requester: requesterOf(accountId) })),
  ];
}

/** Whoever is of the key's own account, and of every account that the policy names. */
export function accountsOf(document: PolicyDocument, key: KeyNode): readonly KeyCaller[] {
  const owner = keyOwnerOf(key);
  const own = owner.state === "known" ? [owner.value] : [];
  return [...new Set([...own, ...factsOf(document).accounts])].map((accountId) => ({
    who: `account ${accountId}`,
    requester: requesterOf(accountId),
  }));
}

/** Whether the key policy lets the caller do one of the actions, as a member of any organisation that it names. */
export function admits(
  document: PolicyDocument,
  key: KeyNode,
  { requester }: KeyCaller,
  actions: readonly string[],
  context: Target["context"] = {},
): Answer["kind"] {
  const target = { ...keyTarget(key, factsOf(document), actions), context };
  return worstOf(
    organizationsIn(document).map(
      (organizationId) =>
        ask(document, organizationId === undefined ? requester : { ...requester, organizationId }, target)
          .kind,
    ),
  );
}

function requesterOf(accountId: string, principalArn?: string): AccountRequester {
  const account = { kind: "account", accountId, ownsNetworks: true } as const;
  return principalArn === undefined ? account : { ...account, principalArn };
}
