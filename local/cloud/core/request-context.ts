import { RequestContext } from "../../../iam";
import { membershipOf } from "../organizations/hierarchy";
import { Caller, callerArn } from "./caller";
import { Authorization, RequestEndpoint } from "./operation";
import { Store } from "./store";

/** Where a request comes from and how it travelled. */
export interface RequestRoute {
  readonly region: string;
  readonly partition: string;
  /** Milliseconds since the epoch, of the cloud's clock. */
  readonly now: number;
  readonly endpoint?: RequestEndpoint;
  /** @default 127.0.0.1 */
  readonly sourceIp?: string;
  readonly userAgent?: string;
  /** Services that forwarded the request, first to last, such as `secretsmanager`. */
  readonly calledVia: readonly string[];
  /** Only for requests of AWS services. */
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

/**
 * Context keys of AWS that depend on caller and route only, lower case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerContext(caller: Caller, route: RequestRoute, store: Store): RequestContext {
  const context: Draft = {};
  const { principal } = caller;
  const isForwarded = route.calledVia.length > 0;
  if (principal.kind === "service") {
    context["aws:principalservicename"] = principal.service;
    context["aws:principalservicenameslist"] = [principal.service];
  } else {
    addPrincipal(context, caller, route, store);
    if (!isForwarded) addNetwork(context, route);
  }
  addSource(context, route, store);
  context["aws:securetransport"] = "true";
  context["aws:requestedregion"] = route.region;
  context["aws:currenttime"] = new Date(route.now).toISOString();
  context["aws:epochtime"] = String(Math.floor(route.now / 1000));
  add(context, "aws:useragent", route.userAgent);
  context["aws:viaawsservice"] = String(isForwarded);
  context["aws:principalisawsservice"] = String(principal.kind === "service");
  if (isForwarded) {
    context["aws:calledvia"] = route.calledVia.map(serviceHost);
    context["aws:calledviafirst"] = serviceHost(route.calledVia[0]!);
    context["aws:calledvialast"] = serviceHost(route.calledVia.at(-1)!);
  }
  return context;
}

/** Adds what depends on the resource and on the service that is called. */
export function requestContext(
  base: RequestContext,
  authorization: Authorization,
  caller: Caller,
  route: RequestRoute,
  store: Store,
): RequestContext {
  const context: Draft = { ...base };
  const { accountId } = authorization.resource;
  context["aws:resourceaccount"] = accountId;
  addOrganization(context, "aws:resource", accountId, store);
  if (/^kms:/i.test(authorization.action)) {
    const via = route.calledVia.at(-1);
    context["kms:calleraccount"] = caller.accountId;
    if (via !== undefined) context["kms:viaservice"] = `${via}.${route.region}.amazonaws.com`;
  }
  return Object.assign(context, authorization.context);
}

function addPrincipal(context: Draft, caller: Caller, { partition }: RequestRoute, store: Store): void {
  const { principal, accountId, session, userId, user, tags } = caller;
  if (principal.kind === "federated") {
    context["aws:federatedprovider"] = principal.provider;
    return;
  }
  if (principal.kind === "anonymous") {
    context["aws:principaltype"] = "Anonymous";
    context["aws:userid"] = "anonymous";
    return;
  }
  const isSession = principal.kind === "role-session";
  context["aws:principalarn"] = isSession ? principal.roleArn : callerArn(caller, partition);
  context["aws:principalaccount"] = accountId;
  addOrganization(context, "aws:principal", accountId, store);
  context["aws:principaltype"] = PRINCIPAL_TYPES[principal.kind];
  context["aws:userid"] = userId;
  add(context, "aws:username", user?.name);
  if (session) {
    context["aws:tokenissuetime"] = new Date(session.issuedAt).toISOString();
    context["aws:multifactorauthpresent"] = "false";
    add(context, "aws:sourceidentity", session.sourceIdentity);
  }
  for (const key of Object.keys(tags)) context[`aws:principaltag/${key.toLowerCase()}`] = tags[key]!;
}

const PRINCIPAL_TYPES = {
  root: "Account",
  user: "User",
  "role-session": "AssumedRole",
  service: "",
} as const;

/** `aws:SourceIp` does not exist for requests through a VPC endpoint. */
function addNetwork(context: Draft, { endpoint, sourceIp = "127.0.0.1" }: RequestRoute): void {
  if (!endpoint) {
    context["aws:sourceip"] = sourceIp;
    return;
  }
  context["aws:sourcevpce"] = endpoint.endpointId;
  context["aws:sourcevpc"] = endpoint.vpcId;
  context["aws:vpcsourceip"] = "10.0.0.10";
  context["aws:vpceaccount"] = endpoint.accountId;
}

function addSource(context: Draft, { sourceArn, sourceAccount }: RequestRoute, store: Store): void {
  add(context, "aws:sourcearn", sourceArn);
  add(context, "aws:sourceaccount", sourceAccount);
  if (sourceAccount !== undefined) addOrganization(context, "aws:source", sourceAccount, store);
}

/** `<prefix>orgid` and `<prefix>orgpaths` of an account, when it is in the organisation. */
function addOrganization(context: Draft, prefix: string, accountId: string, store: Store): void {
  const membership = membershipOf(store, accountId);
  if (membership === undefined) return;
  context[`${prefix}orgid`] = membership.organizationId;
  context[`${prefix}orgpaths`] = membership.paths;
}

function serviceHost(name: string): string {
  return `${name}.amazonaws.com`;
}

/** A context under construction, key by key: it is made for every decision, and copies of copies are what costs. */
type Draft = Record<string, string | readonly string[]>;

function add(context: Draft, key: string, value: string | undefined): void {
  if (value !== undefined) context[key] = value;
}
