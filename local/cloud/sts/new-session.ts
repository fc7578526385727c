import { randomBytes } from "crypto";
import { parsePolicy } from "../../../iam";
import { ApiError } from "../core/api-error";
import { Call } from "../core/operation";
import { sha256 } from "../core/signature/canonical-request";
import { managedPolicyDocument } from "../iam/managed-policies";
import { RoleRecord } from "../iam/records";
import { newSecretAccessKey, uniqueId } from "../iam/unique-id";
import { SessionRecord, sessions } from "./records";

export interface SessionRequest {
  readonly role: RoleRecord;
  readonly sessionName: string;
  readonly seconds: number;
  readonly inlinePolicy?: string;
  readonly policyArns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string;
}

/** What AssumeRole answers. */
export interface AssumedRole {
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
    readonly Expiration: Date;
  };
  readonly AssumedRoleUser: { readonly AssumedRoleId: string; readonly Arn: string };
  readonly PackedPolicySize?: number;
  readonly SourceIdentity?: string;
}

/** Makes temporary credentials; only their hash and their sealed secret are kept. */
export function newSession(
  request: SessionRequest,
  call: Pick<Call, "store" | "sealer" | "clock" | "partition">,
): AssumedRole {
  const { role, sessionName, seconds } = request;
  const accessKeyId = uniqueId("ASIA");
  const secret = newSecretAccessKey();
  const token = randomBytes(192).toString("base64");
  const sessionArn = `arn:${call.partition}:sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`;
  const issuedAt = call.clock.now();
  const policies = sessionPolicies(request, call.store);
  const record: SessionRecord = {
    accessKeyId,
    accountId: role.accountId,
    roleArn: role.arn,
    roleId: role.uniqueId,
    sessionName,
    sessionArn,
    sealedSecret: call.sealer.seal(secret),
    tokenHash: sha256(token),
    issuedAt,
    expiresAt: issuedAt + seconds * 1000,
    ...(policies.length > 0 && { sessionPolicies: policies }),
    tags: request.tags,
    transitiveTagKeys: request.transitiveTagKeys,
    ...(request.sourceIdentity !== undefined && { sourceIdentity: request.sourceIdentity }),
  };
  sessions(call.store).put(accessKeyId, record);
  return answerOf(record, secret, token);
}

/** STS tells the end in whole seconds. */
function answerOf(record: SessionRecord, secret: string, token: string): AssumedRole {
  const packed = packedSize(record.sessionPolicies ?? []);
  return {
    Credentials: {
      AccessKeyId: record.accessKeyId,
      SecretAccessKey: secret,
      SessionToken: token,
      Expiration: new Date(Math.floor(record.expiresAt / 1000) * 1000),
    },
    AssumedRoleUser: { AssumedRoleId: `${record.roleId}:${record.sessionName}`, Arn: record.sessionArn },
    ...(packed > 0 && { PackedPolicySize: packed }),
    ...(record.sourceIdentity !== undefined && { SourceIdentity: record.sourceIdentity }),
  };
}

/** In per cent of what a session may carry. */
function packedSize(policies: NonNullable<SessionRecord["sessionPolicies"]>): number {
  const length = policies.reduce((sum, { document }) => sum + document.length, 0);
  return Math.min(100, Math.ceil((length / 2048) * 100));
}

function sessionPolicies(
  { inlinePolicy, policyArns, sessionName }: SessionRequest,
  store: Call["store"],
): NonNullable<SessionRecord["sessionPolicies"]> {
  const managed = policyArns.map((arn) => {
    const document = managedPolicyDocument(arn, store);
    if (document === undefined) throw new ApiError("ValidationError", `ARN ${arn} is not valid.`);
    return { source: `session policy ${arn} of session ${sessionName}`, document };
  });
  if (inlinePolicy === undefined) return managed;
  const parsed = parsePolicy(inlinePolicy, "session");
  if (!parsed.ok) throw new ApiError("MalformedPolicyDocument", parsed.problems.join("; "));
  return [{ source: `session policy of session ${sessionName}`, document: inlinePolicy }, ...managed];
}
