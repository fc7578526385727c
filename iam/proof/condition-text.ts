import { Condition } from "./answer";
import { readable } from "./symbol";

/** A condition with its words. */
export function keyCondition(given: Omit<Condition, "text">): Condition {
  return { ...given, text: textOf(given) };
}

function textOf({ key, anyOf, noneOf, absent }: Omit<Condition, "text">): string {
  if (absent === "must be") return `without ${key}`;
  const parts = [
    ...(anyOf.length > 0 ? [`is ${listed(anyOf)}`] : []),
    ...(noneOf.length > 0 ? [`is not ${listed(noneOf)}`] : []),
  ];
  const said = `${key} ${parts.length === 0 ? "is given" : parts.join(" and ")}`;
  return readable(absent === "may be" && anyOf.length > 0 ? `${said} or is absent` : said);
}

function listed(values: readonly string[]): string {
  const last = values.at(-1) ?? "";
  return values.length === 1 ? last : `${values.slice(0, -1).join(", ")} or ${last}`;
}

/** How AWS writes the keys that are often asked for; other keys stay in lower case. */
export function writtenKey(key: string): string {
  const known = WRITTEN.get(key);
  if (known !== undefined) return known;
  const tag = /^(aws:principaltag|aws:resourcetag|aws:requesttag)\/(.*)$/.exec(key);
  return tag === null ? key : `${WRITTEN.get(tag[1]!)!}/${tag[2]!}`;
}

const WRITTEN = new Map(
  (
    "aws:SourceIp aws:SourceVpc aws:SourceVpce aws:SourceVpcArn aws:VpcSourceIp aws:VpceAccount aws:VpceOrgID " +
    "aws:VpceOrgPaths aws:ViaAWSService aws:CalledVia aws:CalledViaFirst aws:CalledViaLast aws:CurrentTime " +
    "aws:EpochTime aws:TokenIssueTime aws:MultiFactorAuthPresent aws:MultiFactorAuthAge aws:UserAgent aws:Referer " +
    "aws:PrincipalTag aws:ResourceTag aws:RequestTag aws:PrincipalArn aws:PrincipalAccount aws:PrincipalOrgID " +
    "aws:PrincipalOrgPaths aws:PrincipalType aws:PrincipalIsAWSService aws:PrincipalServiceName aws:SourceIdentity " +
    "aws:SourceArn aws:SourceAccount aws:SourceOrgID aws:SourceOrgPaths aws:FederatedProvider aws:TagKeys " +
    "secretsmanager:VersionId secretsmanager:VersionStage secretsmanager:AddReplicaRegions " +
    "secretsmanager:BlockPublicPolicy secretsmanager:ForceOverwriteReplicaSecret " +
    "kms:EncryptionContext:SecretVersionId kms:GrantOperations kms:GranteePrincipal kms:RetiringPrincipal " +
    "kms:GrantConstraintType kms:BypassPolicyLockoutSafetyCheck sts:ExternalId sts:RoleSessionName " +
    "ec2:SourceInstanceArn lambda:SourceFunctionArn"
  )
    .split(" ")
    .map((key) => [key.toLowerCase(), key]),
);
