import { PolicyDocument } from "../../../iam";
import { factsOf } from "../../documents/document-facts";
import { SecretNode } from "../../stack/graph";
import { ask, Answer } from "../../documents/probe";
import { principalArns } from "../../documents/requester";
import { secretTarget } from "./secret-target";

const readActions = ["secretsmanager:GetSecretValue"];

/** Organisations a document names, and none. */
export function organizationsIn(document: PolicyDocument): readonly (string | undefined)[] {
  const { literals } = factsOf(document);
  const ids = literals.get("aws:principalorgid") ?? [];
  const fromPaths = (literals.get("aws:principalorgpaths") ?? []).flatMap((path) => path.split("/")[0] ?? []);
  return [...new Set([...ids, ...fromPaths].filter((id) => !/[*?]/.test(id))), undefined];
}

/** Whether an account, as a member of this organisation, can read the secret as far as its policy goes. */
export function canRead(
  document: PolicyDocument,
  secret: SecretNode,
  accountId: string,
  organizationId: string | undefined,
  principalArn?: string,
): Answer {
  const target = secretTarget(secret, factsOf(document), readActions);
  const common = { kind: "account", accountId, ownsNetworks: true } as const;
  const withOrganization = organizationId === undefined ? common : { ...common, organizationId };
  const requester = principalArn === undefined ? withOrganization : { ...withOrganization, principalArn };
  return ask(document, requester, target);
}

/** Principals of an account that can read the secret, in any of the organisations the document names. */
export function readersIn(
  document: PolicyDocument,
  secret: SecretNode,
  accountId: string,
): readonly { readonly principalArn: string; readonly organizationId: string | undefined }[] {
  return principalArns(factsOf(document), accountId).flatMap((principalArn) => {
    const organization = organizationsIn(document).find(
      (id) => canRead(document, secret, accountId, id, principalArn).kind === "admitted",
    );
    const any = canRead(document, secret, accountId, organization, principalArn);
    return any.kind === "admitted" ? [{ principalArn, organizationId: organization }] : [];
  });
}
