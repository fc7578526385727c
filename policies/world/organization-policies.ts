import { PolicyDocument, statementsOf } from "../../iam";
import { isKnown, WorldDocument } from "../../iam/proof";
import { documentIn } from "../documents/document";
import { Graph } from "../stack/graph";
import { Lookup } from "../stack/join";
import { Organization, OrganizationPolicy } from "../organization";
import { input, types } from "../stack/resource";
import { readString } from "../stack/tri-state";
import { nameOf } from "./addresses";
import { givenDocument, worldDocument } from "./documents";

/** A policy of the organisation at one of its targets. */
export interface AttachedOrganizationPolicy {
  readonly type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";
  /** `root`, or the id of the root, of a unit or of an account; undefined when it is not known. */
  readonly target?: string;
  readonly document: WorldDocument;
}

const words = {
  SERVICE_CONTROL_POLICY: "service control policy",
  RESOURCE_CONTROL_POLICY: "resource control policy",
} as const;

const fullAccess: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

/** Policies of the organisation from the pack's settings and from the stack. */
export function organizationPolicies(
  graph: Graph,
  organization: Organization,
): readonly AttachedOrganizationPolicy[] {
  return [
    ...given("SERVICE_CONTROL_POLICY", organization.scps ?? []),
    ...given("RESOURCE_CONTROL_POLICY", organization.rcps ?? []),
    ...inStack(graph),
  ];
}

function given(
  type: AttachedOrganizationPolicy["type"],
  policies: readonly OrganizationPolicy[],
): readonly AttachedOrganizationPolicy[] {
  return policies.flatMap(({ name, targets, document }) =>
    targets.map((target) => ({
      type,
      target,
      document: givenDocument(document, `${words[type]} ${name} attached to ${target}`),
    })),
  );
}

function inStack(graph: Graph): readonly AttachedOrganizationPolicy[] {
  const lookup = new Lookup(graph.of(types.organizationsPolicy), ["id", "arn"]);
  return graph.of(types.organizationsPolicyAttachment).flatMap((attachment) => {
    const link = lookup.follow(attachment, "policyId");
    const target = input(attachment, readString, "targetId");
    return (link.kind === "inside" ? link.resources : []).flatMap((policy) => {
      const kind = input(policy, readString, "type");
      const type = kind.state === "known" ? kind.value : "SERVICE_CONTROL_POLICY";
      if (type !== "SERVICE_CONTROL_POLICY" && type !== "RESOURCE_CONTROL_POLICY") return [];
      const held = documentIn(policy, "content", type === "SERVICE_CONTROL_POLICY" ? "scp" : "rcp");
      if (held === undefined) return [];
      const at = target.state === "known" ? target.value : undefined;
      const source = `${words[type]} ${nameOf(policy)} attached to ${at ?? "a target that is not known"}`;
      return [{ type, document: worldDocument(held, source), ...(at === undefined ? {} : { target: at }) }];
    });
  });
}

/**
 * Policies of one type by level: root, units, account. AWS attaches full access to each level; it is taken for detached
 * where another service control policy allows, and cannot be detached from resource control policies.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function levelsOf(
  policies: readonly AttachedOrganizationPolicy[],
  type: AttachedOrganizationPolicy["type"],
  levels: readonly string[],
): readonly (readonly WorldDocument[])[] | undefined {
  const ofType = policies.filter((policy) => policy.type === type);
  if (ofType.length === 0) return undefined;
  return levels.map((level, index) => {
    const here = ofType.filter(({ target }) => isAt(target, level, index)).map(({ document }) => document);
    const isReplaced = type === "SERVICE_CONTROL_POLICY" && here.some(allows);
    return isReplaced ? here : [givenDocument(fullAccess, `full access attached to ${level}`), ...here];
  });
}

/** A policy whose target is not known may be anywhere. */
function isAt(target: string | undefined, level: string, index: number): boolean {
  return target === undefined || target === level || (target === "root" && index === 0);
}

function allows(document: WorldDocument): boolean {
  return isKnown(document) && statementsOf(document.policy.document).some(({ Effect }) => Effect === "Allow");
}
