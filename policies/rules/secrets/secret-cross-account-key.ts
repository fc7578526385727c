import { PolicyDocument, RequestContext } from "../../../iam";
import { factsOf } from "../../documents/document-facts";
import { undecided, violation } from "../../findings";
import { Graph, KeyNode, SecretNode } from "../../stack/graph";
import { keyTarget } from "../../facts/keys/key-target";
import { Answer, ask } from "../../documents/probe";
import { readersIn } from "../../facts/secrets/readers";
import { deciders, label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { likelyArn, ownerOf } from "../../facts/secrets/secret-target";
import { isServiceKey } from "./secret-customer-managed-key";

const remediation =
  "Encrypt the secret with a customer managed key whose policy lets the same principals kms:Decrypt";

type Reader = ReturnType<typeof readersIn>[number] & { readonly accountId: string };

/** SM-11. */
export const secretCrossAccountKey = graphRule({
  id: "secret-cross-account-key",
  code: "SM-11",
  title: "Whoever may read a secret from another account may decrypt with its key too",
  severity: "medium",
  frameworks: [{ name: "NIST SP 800-53", version: "5", reference: "AC-3" }],
  mapsTo: {},
  remediation,
  settings: {},
  check: (graph) =>
    graph.secrets.filter((secret) => secret.inStack).flatMap((secret) => checkSecret(secret, graph)),
});

function checkSecret(secret: SecretNode, graph: Graph): readonly Finding[] {
  const readers = secret.policies.flatMap(({ document }) =>
    document.state === "known" ? foreignReaders(secret, document.document) : [],
  );
  const accounts = [...new Set(readers.map((reader) => reader.accountId))];
  if (accounts.length === 0) return [];
  const { resource, key } = secret;
  const shared = `${label(resource)} is shared with account ${accounts.join(", ")}`;
  if (key.kind === "none" || (key.kind === "outside" && isServiceKey(key.reference))) {
    const fact = `${shared}, but is encrypted with aws/secretsmanager, which other accounts cannot use`;
    return [violation(resource, fact, remediation)];
  }
  if (key.kind === "outside") {
    const reason = `${shared}, and the policy of its key is not in this stack`;
    return [undecided(resource, reason, "the stack that creates the key")];
  }
  const nodes = key.kind === "inside" ? key.resources.flatMap((target) => graph.keyAt(target) ?? []) : [];
  if (nodes.length === 0) {
    return [undecided(resource, `${shared}, and its key is not known`, deciders(resource, "kmsKeyId"))];
  }
  return nodes.flatMap((node) => checkKey(secret, node, readers));
}

function foreignReaders(secret: SecretNode, document: PolicyDocument): readonly Reader[] {
  const owner = ownerOf(secret);
  if (owner.state !== "known") return [];
  return factsOf(document)
    .accounts.filter((accountId) => accountId !== owner.value)
    .flatMap((accountId) =>
      readersIn(document, secret, accountId).map((reader) => ({ ...reader, accountId })),
    );
}

function checkKey(secret: SecretNode, key: KeyNode, readers: readonly Reader[]): readonly Finding[] {
  const { resource } = secret;
  const pending = key.policies.find((policy) => policy.state === "unknown");
  if (pending?.state === "unknown") {
    const reason = `${label(resource)} is shared, and the policy of its key is not known`;
    return [undecided(resource, reason, pending.decidedBy)];
  }
  const documents = key.policies.flatMap((policy) => (policy.state === "known" ? [policy.document] : []));
  const answers = readers.map((reader) => ({ reader, answer: decryption(documents, key, reader, secret) }));
  const complex = answers.filter(({ answer }) => answer === "too-complex");
  if (complex.length > 0) {
    const reason = `the policy of ${label(key.resource)} has too many conditions to try them all`;
    return [undecided(resource, reason, "a policy with fewer condition values")];
  }
  const left = answers.filter(({ answer }) => answer === "refused");
  const names = [...new Set(left.map(({ reader }) => reader.principalArn))];
  return names.map((name) => {
    const fact = `${label(resource)} lets ${name} read, but ${label(key.resource)} does not let it decrypt`;
    return violation(resource, fact, remediation);
  });
}

function decryption(
  documents: readonly PolicyDocument[],
  key: KeyNode,
  reader: Reader,
  secret: SecretNode,
): Answer["kind"] {
  const answers = documents.map((document) => askKey(document, key, reader, secret));
  if (answers.includes("admitted")) return "admitted";
  return answers.includes("too-complex") ? "too-complex" : "refused";
}

/** Decryption happens inside Secrets Manager, on the reader's behalf: not through the reader's network. */
function askKey(document: PolicyDocument, key: KeyNode, reader: Reader, secret: SecretNode): Answer["kind"] {
  const arn = likelyArn(secret);
  const context: RequestContext = arn === undefined ? {} : { "kms:encryptioncontext:secretarn": arn };
  const target = { ...keyTarget(key, factsOf(document), ["kms:Decrypt"]), viaService: true, context };
  const { accountId, principalArn, organizationId } = reader;
  const requester = { kind: "account", accountId, principalArn, ownsNetworks: true } as const;
  const asMember = organizationId === undefined ? requester : { ...requester, organizationId };
  return ask(document, asMember, target).kind;
}
