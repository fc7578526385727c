import { DocumentUse } from "../../documents/document-uses";
import { factsOf } from "../../documents/document-facts";
import { Graph, KeyNode, SecretNode } from "../../stack/graph";
import { HeldDocument } from "../../documents/document";
import { grants } from "../identities/identity-probe";
import { parseArn } from "../../stack/location";
import { ask, Target } from "../../documents/probe";
import { placeOf } from "../../stack/place";
import { likelyArn } from "../secrets/secret-target";
import { Resource } from "../../stack/resource";
import { readString } from "../../stack/tri-state";

/** What a rotation does with its secret. */
export const rotationActions = [
  "DescribeSecret",
  "GetSecretValue",
  "PutSecretValue",
  "UpdateSecretVersionStage",
].map((name) => `secretsmanager:${name}`);

/** What it does with the key of the secret, through Secrets Manager. */
const keyActions = ["kms:Decrypt", "kms:GenerateDataKey"];

/**
 * The actions that a rotation of the secret needs and its role does not get: from its own documents, or from the policy
 * of the secret or the key where that names the role. Undefined while the secret's ARN is not known.
 */
export function missingActions(
  secret: SecretNode,
  role: Resource,
  uses: readonly DocumentUse[],
  graph: Graph,
): readonly string[] | undefined {
  const arn = likelyArn(secret);
  if (arn === undefined) return undefined;
  const onSecret = rotationActions.filter(
    (action) =>
      !granted(uses, action, [arn]) &&
      !namedBy(
        secret.policies.map(({ document }) => document),
        role,
        action,
        [arn],
      ),
  );
  return [...onSecret, ...missingOnKey(secret, arn, role, uses, graph)];
}

function missingOnKey(
  secret: SecretNode,
  arn: string,
  role: Resource,
  uses: readonly DocumentUse[],
  graph: Graph,
): readonly string[] {
  const [key] =
    secret.key.kind === "inside" ? secret.key.resources.flatMap((one) => graph.keyAt(one) ?? []) : [];
  if (key === undefined) return [];
  const { region } = placeOf(secret.resource);
  const context = {
    "kms:viaservice": `secretsmanager.${region}.amazonaws.com`,
    "kms:encryptioncontext:secretarn": arn,
  };
  const arns = possibleArns(key);
  return keyActions.filter(
    (action) => !granted(uses, action, arns, context) && !namedBy(key.policies, role, action, arns, context),
  );
}

/** The key's ARN, or one of each form that KMS gives. */
function possibleArns({ resource }: KeyNode): readonly string[] {
  const arn = readString(resource.props, "arn");
  if (arn.state === "known") return [arn.value];
  const { partition, region, accountId } = placeOf(resource);
  return ["11111111-2222-3333-4444-555555555555", "mrk-1111111122223333444455555555555a"].map(
    (id) => `arn:${partition}:kms:${region}:${accountId}:key/${id}`,
  );
}

function granted(
  uses: readonly DocumentUse[],
  action: string,
  arns: readonly string[],
  context: Target["context"] = {},
): boolean {
  return uses.some((use) => grants(use, { action, arns, context }).kind !== "refused");
}

/** Whether the policy of a resource names the role and lets it in. */
function namedBy(
  documents: readonly HeldDocument[],
  role: Resource,
  action: string,
  resourceArns: readonly string[],
  context: Target["context"] = {},
): boolean {
  const { accountId, partition } = placeOf(role);
  const arn = readString(role.props, "arn");
  const name = readString(role.props, "name");
  const principalArn =
    arn.state === "known"
      ? arn.value
      : `arn:${partition}:iam::${accountId}:role/${name.state === "known" ? name.value : role.name}`;
  return documents.some((held) => {
    if (held.state !== "known" || !factsOf(held.document).principals.includes(principalArn)) return false;
    const requester = { kind: "account", accountId, ownsNetworks: true, principalArn } as const;
    const owner = parseArn(resourceArns[0] ?? "")?.account ?? accountId;
    const target = { actions: [action], resourceArns, accountId: owner, context, byDocumentAlone: true };
    return ask(held.document, requester, target).kind === "admitted";
  });
}
