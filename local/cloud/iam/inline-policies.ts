import { Operation } from "../core/operation";
import { optional, string, structure } from "../core/shape";
import { checkDocument, encodedDocument, sizeOf } from "./documents";
import { limitExceeded, noSuchEntity } from "./errors";
import { page } from "./page";
import { changePrincipal, findPrincipal, nameIn, onPrincipal, PrincipalKind } from "./principal-kind";
import { policyName, policyText } from "./shapes";

interface NamedPolicy {
  readonly PolicyName: string;
}

/** Put, Get, Delete and List of the policies inside a user or role. */
export function inlinePolicyOperations(kind: PrincipalKind): readonly Operation[] {
  return [putPolicy(kind), getPolicy(kind), deletePolicy(kind), listPolicies(kind)];
}

function putPolicy(kind: PrincipalKind): Operation<NamedPolicy & { readonly PolicyDocument: string }> {
  const action = `Put${kind.noun}Policy`;
  const input = structure({
    [kind.nameMember]: kind.nameShape,
    PolicyName: policyName,
    PolicyDocument: policyText,
  });
  return {
    name: action,
    input: input as Operation["input"],
    authorize: (request, call) => onPrincipal(kind, action, nameIn(kind, request), call),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      checkDocument(request.PolicyDocument, "identity");
      const inlinePolicies = { ...record.inlinePolicies, [request.PolicyName]: request.PolicyDocument };
      const size = Object.values(inlinePolicies).reduce((sum, text) => sum + sizeOf(text), 0);
      if (size > kind.inlineLimit) {
        throw limitExceeded(
          `Maximum policy size of ${kind.inlineLimit} bytes exceeded for ${kind.word} ${record.name}`,
        );
      }
      changePrincipal(kind, record, { inlinePolicies }, call);
    },
  };
}

function getPolicy(kind: PrincipalKind): Operation<NamedPolicy> {
  const action = `Get${kind.noun}Policy`;
  return {
    name: action,
    input: structure({ [kind.nameMember]: kind.nameShape, PolicyName: policyName }) as Operation["input"],
    authorize: (request, call) => onPrincipal(kind, action, nameIn(kind, request), call),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      const document = record.inlinePolicies[request.PolicyName];
      if (document === undefined) throw noSuchPolicy(kind, request.PolicyName);
      return {
        [kind.nameMember]: record.name,
        PolicyName: request.PolicyName,
        PolicyDocument: encodedDocument(document),
      };
    },
  };
}

function deletePolicy(kind: PrincipalKind): Operation<NamedPolicy> {
  const action = `Delete${kind.noun}Policy`;
  return {
    name: action,
    input: structure({ [kind.nameMember]: kind.nameShape, PolicyName: policyName }) as Operation["input"],
    authorize: (request, call) => onPrincipal(kind, action, nameIn(kind, request), call),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      const { [request.PolicyName]: removed, ...inlinePolicies } = record.inlinePolicies;
      if (removed === undefined) throw noSuchPolicy(kind, request.PolicyName);
      changePrincipal(kind, record, { inlinePolicies }, call);
    },
  };
}

function listPolicies(kind: PrincipalKind): Operation {
  const action = `List${kind.noun}Policies`;
  const members = { Marker: optional(string()), MaxItems: optional(string()) };
  return {
    name: action,
    input: structure({ [kind.nameMember]: kind.nameShape, ...members }),
    authorize: (request, call) => onPrincipal(kind, action, nameIn(kind, request), call),
    run(request, call) {
      const record = findPrincipal(kind, nameIn(kind, request), call);
      return page("PolicyNames", Object.keys(record.inlinePolicies).sort(), request);
    },
  };
}

function noSuchPolicy(kind: PrincipalKind, name: string) {
  return noSuchEntity(`The ${kind.word} policy with name ${name} cannot be found.`);
}
