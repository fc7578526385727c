import { Scenario } from "../../iam/proof";
import { RequestContext, RequestPrincipal } from "../../iam";
import { ApiError } from "../../local/cloud/core/api-error";
import { Cloud } from "../../local/cloud/core/cloud";
import { principalKey, PrincipalRecord, roleByArn, roles, users } from "../../local/cloud/iam/records";
import { organizationAccounts, organizationPolicies } from "../../local/cloud/organizations/records";

/** What became of a call in the local cloud. */
export type Executed =
  | { readonly is: "allowed" }
  | { readonly is: "refused"; readonly message: string }
  /** The local cloud has no way to bring the call about. */
  | { readonly is: "impossible"; readonly why: string };

const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

/**
 * Makes the call of a scenario for real. A principal that does not exist is made first, with policies that allow
 * everything; so is a VPC endpoint of somebody's own. What is made is taken away afterwards.
 */
export async function execute(cloud: Cloud, { operation, steps, endpointId }: Scenario): Promise<Executed> {
  const { request } = steps[0]!;
  const { context, principal } = request;
  if (context["aws:viaawsservice"] === "true")
    return { is: "impossible", why: "through another AWS service" };
  const undo = [
    ...makePrincipal(cloud, principal),
    ...join(cloud, principal, context),
    ...makeEndpoint(cloud, endpointId, context),
  ];
  try {
    const stage = context["secretsmanager:versionstage"];
    await cloud.call({
      caller: principal,
      service: "secretsmanager",
      operation,
      region: request.resource.arn.split(":")[3]!,
      input: {
        SecretId: request.resource.arn,
        ...(typeof stage === "string" ? { VersionStage: stage } : {}),
      },
      endpointId: text(context["aws:sourcevpce"]) ?? endpointId,
      sourceIp: text(context["aws:sourceip"]),
      userAgent: text(context["aws:useragent"]),
    });
    return { is: "allowed" };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { is: "refused", message: `${error.code}: ${error.message}` };
  } finally {
    for (const one of undo.reverse()) one();
  }
}

const text = (value: string | readonly string[] | undefined) =>
  typeof value === "string" ? value : undefined;

type Undo = () => void;

function makePrincipal({ store }: Cloud, principal: RequestPrincipal): readonly Undo[] {
  if (principal.kind !== "user" && principal.kind !== "role-session") return [];
  const arn = principal.kind === "user" ? principal.arn : principal.roleArn;
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const key = principalKey(principal.accountId, name);
  const exists = principal.kind === "user" ? users(store).has(key) : roleByArn(store, arn) !== undefined;
  if (exists) return [];
  const record: PrincipalRecord = {
    accountId: principal.accountId,
    name,
    path: /:(?:role|user)(\/(?:.*\/)?)[^/]*$/.exec(arn)?.[1] ?? "/",
    uniqueId: `${principal.kind === "user" ? "AIDA" : "AROA"}${"WITNESS".padEnd(16, "0")}`,
    arn,
    createdAt: 0,
    tags: {},
    inlinePolicies: { everything: EVERYTHING },
    attachedPolicyArns: [],
  };
  if (principal.kind === "user") users(store).put(key, record);
  else roles(store).put(key, { ...record, trustPolicy: EVERYTHING, maxSessionSeconds: 3600 });
  return [() => void (principal.kind === "user" ? users(store) : roles(store)).delete(key)];
}

/** A member of the organisation, where the call is one of a member. */
function join({ store }: Cloud, principal: RequestPrincipal, context: RequestContext): readonly Undo[] {
  if (!("accountId" in principal) || context["aws:principalorgid"] === undefined) return [];
  const { accountId } = principal;
  const accounts = organizationAccounts(store);
  if (accounts.get(accountId) !== undefined) return [];
  accounts.put(accountId, { accountId, name: "witness", parentId: "r-root", joinedAt: 0 });
  const policies = organizationPolicies(store);
  const full = [...policies.values()].filter(({ isAwsManaged }) => isAwsManaged);
  for (const policy of full)
    policies.put(policy.id, { ...policy, targetIds: [...policy.targetIds, accountId] });
  return [() => accounts.delete(accountId), ...full.map((policy) => () => policies.put(policy.id, policy))];
}

function makeEndpoint({ store }: Cloud, known: string | undefined, context: RequestContext): readonly Undo[] {
  const id = text(context["aws:sourcevpce"]);
  const table = store.table<{ readonly id: string }>("cloudcontrol:AWS::EC2::VPCEndpoint");
  if (id === undefined || id === known || [...table.values()].some((one) => one.id === id)) return [];
  const region = text(context["aws:requestedregion"])!;
  const accountId = text(context["aws:vpceaccount"]) ?? "000000000000";
  const properties = {
    VpcId: text(context["aws:sourcevpc"]),
    ServiceName: `com.amazonaws.${region}.secretsmanager`,
  };
  const key = `${accountId}/${region}/${id}`;
  const record = { accountId, region, id, properties };
  table.put(key, record);
  return [() => void table.delete(key)];
}
