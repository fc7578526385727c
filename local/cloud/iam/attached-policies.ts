import { Operation } from "../core/operation";
import { structure } from "../core/shape";
import { limitExceeded, noSuchEntity } from "./errors";
import { managedPolicyDocument } from "./managed-policies";
import { page } from "./page";
import { changePrincipal, findPrincipal, nameIn, onPrincipal, PrincipalKind } from "./principal-kind";
import { pageMembers, policyArn } from "./shapes";

const MAX_ATTACHED = 10;

interface Attachment {
  readonly PolicyArn: string;
}

/** Attach, Detach and List of managed policies, and the permissions boundary. */
export function attachedPolicyOperations(kind: PrincipalKind): readonly Operation[] {
  return [attach(kind), detach(kind), listAttached(kind), putBoundary(kind), deleteBoundary(kind)];
}

function attach(kind: PrincipalKind): Operation<Attachment> {
  const action = `Attach${kind.noun}Policy`;
  return {
    name: action,
    input: structure({ [kind.nameMember]: kind.nameShape, PolicyArn: policyArn }) as Operation["input"],
    authorize: (request, call) =>
      onPrincipal(kind, action, nameIn(kind, request), call, { "iam:policyarn": request.PolicyArn }),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      if (managedPolicyDocument(request.PolicyArn, call.store) === undefined) {
        throw noSuchEntity(`Policy ${request.PolicyArn} does not exist or is not attachable.`);
      }
      if (record.attachedPolicyArns.includes(request.PolicyArn)) return;
      if (record.attachedPolicyArns.length >= MAX_ATTACHED) {
        throw limitExceeded(`Cannot exceed quota for PoliciesPer${kind.noun}: ${MAX_ATTACHED}`);
      }
      const attachedPolicyArns = [...record.attachedPolicyArns, request.PolicyArn];
      changePrincipal(kind, record, { attachedPolicyArns }, call);
    },
  };
}

function detach(kind: PrincipalKind): Operation<Attachment> {
  const action = `Detach${kind.noun}Policy`;
  return {
    name: action,
    input: structure({ [kind.nameMember]: kind.nameShape, PolicyArn: policyArn }) as Operation["input"],
    authorize: (request, call) =>
      onPrincipal(kind, action, nameIn(kind, request), call, { "iam:policyarn": request.PolicyArn }),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      if (!record.attachedPolicyArns.includes(request.PolicyArn)) {
        throw noSuchEntity(`Policy ${request.PolicyArn} was not found.`);
      }
      const attachedPolicyArns = record.attachedPolicyArns.filter((arn) => arn !== request.PolicyArn);
      changePrincipal(kind, record, { attachedPolicyArns }, call);
    },
  };
}

function listAttached(kind: PrincipalKind): Operation {
  const action = `ListAttached${kind.noun}Policies`;
  return {
    name: action,
    input: structure({ [kind.nameMember]: kind.nameShape, ...pageMembers }),
    authorize: (request, call) => onPrincipal(kind, action, nameIn(kind, request), call),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      const policies = record.attachedPolicyArns.map((arn) => ({
        PolicyName: arn.slice(arn.lastIndexOf("/") + 1),
        PolicyArn: arn,
      }));
      return page("AttachedPolicies", policies, request);
    },
  };
}

function putBoundary(kind: PrincipalKind): Operation<{ readonly PermissionsBoundary: string }> {
  const action = `Put${kind.noun}PermissionsBoundary`;
  return {
    name: action,
    input: structure({
      [kind.nameMember]: kind.nameShape,
      PermissionsBoundary: policyArn,
    }) as Operation["input"],
    authorize: (request, call) =>
      onPrincipal(kind, action, nameIn(kind, request), call, {
        "iam:permissionsboundary": request.PermissionsBoundary,
      }),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      if (managedPolicyDocument(request.PermissionsBoundary, call.store) === undefined) {
        throw noSuchEntity(`Scope ARN: ${request.PermissionsBoundary} does not exist or is not attachable.`);
      }
      changePrincipal(kind, record, { permissionsBoundaryArn: request.PermissionsBoundary }, call);
    },
  };
}

function deleteBoundary(kind: PrincipalKind): Operation {
  const action = `Delete${kind.noun}PermissionsBoundary`;
  return {
    name: action,
    input: structure({ [kind.nameMember]: kind.nameShape }),
    authorize: (request, call) => onPrincipal(kind, action, nameIn(kind, request), call),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      if (record.permissionsBoundaryArn === undefined) {
        throw noSuchEntity(`The ${kind.word} with name ${record.name} has no permissions boundary.`);
      }
      changePrincipal(kind, record, { permissionsBoundaryArn: undefined }, call);
    },
  };
}
