import { encodedDocument } from "./documents";
import { PrincipalRecord, RoleRecord, UserRecord } from "./records";
import { tagList } from "./tags";

/** A role as IAM answers it; lists leave tags and boundary out. */
export function roleAnswer(
  role: RoleRecord,
  form: "whole" | "listed" = "whole",
): Readonly<Record<string, unknown>> {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.uniqueId,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodedDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    ...(form === "whole" && { ...extras(role), RoleLastUsed: {} }),
  };
}

/** A user as IAM answers it. */
export function userAnswer(
  user: UserRecord,
  form: "whole" | "listed" = "whole",
): Readonly<Record<string, unknown>> {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.uniqueId,
    Arn: user.arn,
    CreateDate: new Date(user.createdAt),
    ...(form === "whole" && extras(user)),
  };
}

function extras({ permissionsBoundaryArn, tags }: PrincipalRecord): Readonly<Record<string, unknown>> {
  return {
    ...(permissionsBoundaryArn !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: "Policy",
        PermissionsBoundaryArn: permissionsBoundaryArn,
      },
    }),
    ...(Object.keys(tags).length > 0 && { Tags: tagList(tags) }),
  };
}
