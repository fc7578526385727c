import { ApiError } from "../core/api-error";
import { attachedText } from "../core/compiled-policies";
import { Authorization, Call, Operation } from "../core/operation";
import { Infer, integer, list, optional, string, structure } from "../core/shape";
import { roleByArn, RoleRecord } from "../iam/records";
import { newSession, SessionRequest } from "./new-session";
import { sessions } from "./records";
import { sessionTags } from "./session-tags";

const input = structure({
  RoleArn: string({ min: 20, max: 2048 }),
  RoleSessionName: string({ min: 2, max: 64, pattern: /[\w+=,.@-]*/ }),
  DurationSeconds: optional(integer({ min: 900, max: 43_200 })),
  ExternalId: optional(string({ min: 2, max: 1224, pattern: /[\w+=,.@:/-]*/ })),
  Policy: optional(string({ min: 1, max: 2048 })),
  PolicyArns: optional(list(structure({ arn: string({ min: 20, max: 2048 }) }), { max: 10 })),
  SourceIdentity: optional(string({ min: 2, max: 64, pattern: /[\w+=,.@-]*/ })),
  Tags: optional(
    list(structure({ Key: string({ min: 1, max: 128 }), Value: string({ max: 256 }) }), { max: 50 }),
  ),
  TransitiveTagKeys: optional(list(string({ min: 1, max: 128 }), { max: 50 })),
  SerialNumber: optional(string()),
  TokenCode: optional(string()),
});

export type AssumeRoleInput = Infer<typeof input>;

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole: Operation<AssumeRoleInput> = {
  name: "AssumeRole",
  input,
  authorize(request, call) {
    const accountId = accountOf(request.RoleArn);
    refuseRoot(call);
    const role = roleByArn(call.store, request.RoleArn);
    const tags = sessionTags(request, call);
    const base: Omit<Authorization, "action"> = {
      resource: { arn: request.RoleArn, accountId },
      ...(role && { resourcePolicy: attachedText(`trust policy of role ${role.name}`, role.trustPolicy) }),
      context: context(request, role, tags.requested),
    };
    const inherited = callerSession(call)?.sourceIdentity;
    return [
      { ...base, action: "sts:AssumeRole" },
      ...(Object.keys(tags.requested).length > 0 ? [{ ...base, action: "sts:TagSession" }] : []),
      ...((request.SourceIdentity ?? inherited) ? [{ ...base, action: "sts:SetSourceIdentity" }] : []),
    ];
  },
  run(request, call) {
    const role = roleByArn(call.store, request.RoleArn)!;
    const seconds = durationSeconds(request, role, call);
    const parent = callerSession(call);
    if (
      parent?.sourceIdentity !== undefined &&
      (request.SourceIdentity ?? parent.sourceIdentity) !== parent.sourceIdentity
    ) {
      throw new ApiError("AccessDenied", "The source identity of a session cannot be changed.", 403);
    }
    return newSession(sessionRequest(request, role, seconds, call), call);
  },
  trail: {
    readOnly: true,
    request: ({ RoleArn, RoleSessionName, DurationSeconds, ExternalId, SourceIdentity }) => ({
      roleArn: RoleArn,
      roleSessionName: RoleSessionName,
      durationSeconds: DurationSeconds,
      externalId: ExternalId,
      sourceIdentity: SourceIdentity,
    }),
    resources: ({ RoleArn }) => [{ arn: RoleArn, accountId: RoleArn.split(":")[4]! }],
  },
};

/** A malformed ARN is refused before any permission is looked at. */
function accountOf(arn: string): string {
  const accountId = /^arn:[^:]+:iam::(\d{12}):role\/.+$/.exec(arn)?.[1];
  if (accountId === undefined) throw new ApiError("ValidationError", `${arn} is invalid`);
  return accountId;
}

function refuseRoot(call: Call): void {
  if (call.principal.kind === "root") {
    throw new ApiError("AccessDenied", "Roles may not be assumed by root accounts.", 403);
  }
}

function context(
  request: AssumeRoleInput,
  role: RoleRecord | undefined,
  tags: Readonly<Record<string, string>>,
): Authorization["context"] & object {
  const keys = Object.keys(tags);
  const roleTags = Object.entries(role?.tags ?? {});
  return {
    "sts:rolesessionname": request.RoleSessionName,
    ...(request.ExternalId !== undefined && { "sts:externalid": request.ExternalId }),
    ...(request.SourceIdentity !== undefined && { "sts:sourceidentity": request.SourceIdentity }),
    ...(request.DurationSeconds !== undefined && { "sts:durationseconds": String(request.DurationSeconds) }),
    ...(request.TransitiveTagKeys && { "sts:transitivetagkeys": request.TransitiveTagKeys }),
    ...(keys.length > 0 && { "aws:tagkeys": keys }),
    ...Object.fromEntries(keys.map((key) => [`aws:requesttag/${key.toLowerCase()}`, tags[key]!])),
    ...Object.fromEntries(roleTags.map(([key, value]) => [`aws:resourcetag/${key.toLowerCase()}`, value])),
    ...Object.fromEntries(roleTags.map(([key, value]) => [`iam:resourcetag/${key.toLowerCase()}`, value])),
  };
}

/** A session made by a session lasts an hour at most. */
function durationSeconds({ DurationSeconds = 3600 }: AssumeRoleInput, role: RoleRecord, call: Call): number {
  if (call.principal.kind === "role-session" && DurationSeconds > 3600) {
    const text =
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining";
    throw new ApiError("ValidationError", text);
  }
  if (DurationSeconds > role.maxSessionSeconds) {
    const text = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    throw new ApiError("ValidationError", text);
  }
  return DurationSeconds;
}

function sessionRequest(
  request: AssumeRoleInput,
  role: RoleRecord,
  seconds: number,
  call: Call,
): SessionRequest {
  const tags = sessionTags(request, call);
  return {
    role,
    sessionName: request.RoleSessionName,
    seconds,
    inlinePolicy: request.Policy,
    policyArns: (request.PolicyArns ?? []).map(({ arn }) => arn),
    tags: tags.all,
    transitiveTagKeys: tags.transitiveKeys,
    sourceIdentity: request.SourceIdentity ?? callerSession(call)?.sourceIdentity,
  };
}

function callerSession(call: Call) {
  return call.accessKeyId === undefined ? undefined : sessions(call.store).get(call.accessKeyId);
}
