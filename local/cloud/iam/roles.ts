import { Operation } from "../core/operation";
import { Infer, integer, optional, structure } from "../core/shape";
import { checkTrustPolicy } from "./documents";
import { deleteConflict, entityAlreadyExists, noSuchEntity } from "./errors";
import { forgetPrincipal } from "./forget-principal";
import { managedPolicyDocument } from "./managed-policies";
import { page } from "./page";
import { roleAnswer } from "./principal-answers";
import { changePrincipal, findPrincipal, onAccount, onPrincipal, ROLE } from "./principal-kind";
import { principalKey, RoleRecord, roles } from "./records";
import { description, pageMembers, path, policyArn, policyText, roleName, tags } from "./shapes";
import { requestTags, withTags } from "./tags";
import { uniqueId } from "./unique-id";

const maxSession = optional(integer({ min: 3600, max: 43_200 }));

const createRoleInput = structure({
  RoleName: roleName,
  Path: path,
  AssumeRolePolicyDocument: policyText,
  Description: description,
  MaxSessionDuration: maxSession,
  PermissionsBoundary: optional(policyArn),
  Tags: optional(tags),
});

const createRole: Operation<Infer<typeof createRoleInput>> = {
  name: "CreateRole",
  input: createRoleInput,
  authorize(request, call) {
    const { RoleName, Path = "/", PermissionsBoundary, Tags } = request;
    const arn = `arn:${call.partition}:iam::${call.accountId}:role${Path}${RoleName}`;
    const context = {
      ...requestTags(Tags),
      ...(PermissionsBoundary !== undefined && { "iam:permissionsboundary": PermissionsBoundary }),
    };
    return [{ action: "iam:CreateRole", resource: { arn, accountId: call.accountId }, context }];
  },
  run(request, call) {
    const { RoleName: name, Path: rolePath = "/", PermissionsBoundary: boundary } = request;
    const key = principalKey(call.accountId, name);
    if (roles(call.store).has(key)) throw entityAlreadyExists(`Role with name ${name} already exists.`);
    checkTrustPolicy(request.AssumeRolePolicyDocument, call.store);
    if (boundary !== undefined && managedPolicyDocument(boundary, call.store) === undefined) {
      throw noSuchEntity(`Scope ARN: ${boundary} does not exist or is not attachable.`);
    }
    const record: RoleRecord = {
      accountId: call.accountId,
      name,
      path: rolePath,
      uniqueId: uniqueId("AROA"),
      arn: `arn:${call.partition}:iam::${call.accountId}:role${rolePath}${name}`,
      createdAt: call.clock.now(),
      tags: withTags({}, request.Tags ?? []),
      inlinePolicies: {},
      attachedPolicyArns: [],
      permissionsBoundaryArn: boundary,
      trustPolicy: request.AssumeRolePolicyDocument,
      description: request.Description,
      maxSessionSeconds: request.MaxSessionDuration ?? 3600,
    };
    roles(call.store).put(key, record);
    return { Role: roleAnswer(record) };
  },
};

const getRole: Operation<{ readonly RoleName: string }> = {
  name: "GetRole",
  input: structure({ RoleName: roleName }),
  authorize: ({ RoleName }, call) => onPrincipal(ROLE, "GetRole", RoleName, call),
  run: ({ RoleName }, call) => ({ Role: roleAnswer(findPrincipal(ROLE, RoleName, call) as RoleRecord) }),
};

const listRoles: Operation = {
  name: "ListRoles",
  input: structure(pageMembers),
  authorize: (_input, call) => onAccount("ListRoles", call),
  run(request, call) {
    const own = [...roles(call.store).values()].filter(
      ({ accountId, path: rolePath }) =>
        accountId === call.accountId && rolePath.startsWith(request.PathPrefix ?? "/"),
    );
    own.sort((a, b) => (a.name < b.name ? -1 : 1));
    return page(
      "Roles",
      own.map((role) => roleAnswer(role, "listed")),
      request,
    );
  },
};

const deleteRole: Operation<{ readonly RoleName: string }> = {
  name: "DeleteRole",
  input: structure({ RoleName: roleName }),
  authorize: ({ RoleName }, call) => onPrincipal(ROLE, "DeleteRole", RoleName, call),
  run({ RoleName }, call) {
    const role = findPrincipal(ROLE, RoleName, call);
    if (role.attachedPolicyArns.length > 0) {
      throw deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    if (Object.keys(role.inlinePolicies).length > 0) {
      throw deleteConflict("Cannot delete entity, must delete policies first.");
    }
    roles(call.store).delete(principalKey(call.accountId, RoleName));
    forgetPrincipal(role, call.store);
  },
};

const updateRoleInput = structure({
  RoleName: roleName,
  Description: description,
  MaxSessionDuration: maxSession,
});

/** Sets what is given; AWS sets the longest session back to an hour when it is not given. */
const updateRole: Operation<Infer<typeof updateRoleInput>> = {
  name: "UpdateRole",
  input: updateRoleInput,
  authorize: ({ RoleName }, call) => onPrincipal(ROLE, "UpdateRole", RoleName, call),
  run({ RoleName, Description, MaxSessionDuration = 3600 }, call) {
    const role = findPrincipal(ROLE, RoleName, call) as RoleRecord;
    changePrincipal<RoleRecord>(
      ROLE,
      role,
      { description: Description ?? role.description, maxSessionSeconds: MaxSessionDuration },
      call,
    );
    return {};
  },
};

const trustInput = structure({ RoleName: roleName, PolicyDocument: policyText });

const updateAssumeRolePolicy: Operation<Infer<typeof trustInput>> = {
  name: "UpdateAssumeRolePolicy",
  input: trustInput,
  authorize: ({ RoleName }, call) => onPrincipal(ROLE, "UpdateAssumeRolePolicy", RoleName, call),
  run({ RoleName, PolicyDocument }, call) {
    const role = findPrincipal(ROLE, RoleName, call);
    checkTrustPolicy(PolicyDocument, call.store);
    changePrincipal<RoleRecord>(ROLE, role, { trustPolicy: PolicyDocument }, call);
  },
};

/** No instance profiles are modelled, so a role is in none. */
const listInstanceProfilesForRole: Operation = {
  name: "ListInstanceProfilesForRole",
  input: structure({ RoleName: roleName, ...pageMembers }),
  authorize: ({ RoleName }, call) => onPrincipal(ROLE, "ListInstanceProfilesForRole", RoleName, call),
  run(request, call) {
    findPrincipal(ROLE, request.RoleName, call);
    return page("InstanceProfiles", [], request);
  },
};

export const roleOperations: readonly Operation[] = [
  createRole,
  getRole,
  listRoles,
  deleteRole,
  updateRole,
  updateAssumeRolePolicy,
  listInstanceProfilesForRole,
];
