import { RequestContext } from "../../../iam";
import { organization, organizationPath } from "../organizations/records";
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
  const isForwarded = route.calledVia.length > 0;
  return present({
    ...principalContext(caller, route, store),
    ...(isForwarded || caller.principal.kind === "service" ? {} : networkContext(route)),
    ...sourceContext(route, store),
    "aws:securetransport": "true",
    "aws:requestedregion": route.region,
    "aws:currenttime": new Date(route.now).toISOString(),
    "aws:epochtime": String(Math.floor(route.now / 1000)),
    "aws:useragent": route.userAgent,
    "aws:viaawsservice": String(isForwarded),
    "aws:principalisawsservice": String(caller.principal.kind === "service"),
    "aws:calledvia": isForwarded ? route.calledVia.map(serviceHost) : undefined,
    "aws:calledviafirst": isForwarded ? serviceHost(route.calledVia[0]!) : undefined,
    "aws:calledvialast": isForwarded ? serviceHost(route.calledVia.at(-1)!) : undefined,
  });
}

/** Adds what depends on the resource and on the service that is called. */
export function requestContext(
  base: RequestContext,
  authorization: Authorization,
  caller: Caller,
  route: RequestRoute,
  store: Store,
): RequestContext {
  const { accountId } = authorization.resource;
  const path = organizationPath(store, accountId);
  const via = route.calledVia.at(-1);
  return present({
    ...base,
    "aws:resourceaccount": accountId,
    "aws:resourceorgid": path && organization(store)?.id,
    "aws:resourceorgpaths": path && [path],
    ...(authorization.action.toLowerCase().startsWith("kms:") && {
      "kms:calleraccount": caller.accountId,
      "kms:viaservice": via && `${via}.${route.region}.amazonaws.com`,
    }),
    ...authorization.context,
  });
}

function principalContext(caller: Caller, route: RequestRoute, store: Store): Loose {
  const { principal, accountId, session } = caller;
  if (principal.kind === "service") {
    return {
      "aws:principalservicename": principal.service,
      "aws:principalservicenameslist": [principal.service],
    };
  }
  if (principal.kind === "anonymous") return { "aws:principaltype": "Anonymous", "aws:userid": "anonymous" };
  const path = organizationPath(store, accountId);
  const tags = Object.entries(caller.tags).map(([key, value]) => [
    `aws:principaltag/${key.toLowerCase()}`,
    value,
  ]);
  return {
    "aws:principalarn":
      principal.kind === "role-session" ? principal.roleArn : callerArn(caller, route.partition),
    "aws:principalaccount": accountId,
    "aws:principalorgid": path && organization(store)?.id,
    "aws:principalorgpaths": path && [path],
    "aws:principaltype": { root: "Account", user: "User", "role-session": "AssumedRole" }[principal.kind],
    "aws:userid": caller.userId,
    "aws:username": caller.user?.name,
    "aws:tokenissuetime": session && new Date(session.issuedAt).toISOString(),
    "aws:multifactorauthpresent": session && "false",
    "aws:sourceidentity": session?.sourceIdentity,
    ...Object.fromEntries(tags),
  };
}

/** `aws:SourceIp` does not exist for requests through a VPC endpoint. */
function networkContext({ endpoint, sourceIp = "127.0.0.1" }: RequestRoute): Loose {
  if (!endpoint) return { "aws:sourceip": sourceIp };
  return {
    "aws:sourcevpce": endpoint.endpointId,
    "aws:sourcevpc": endpoint.vpcId,
    "aws:vpcsourceip": "10.0.0.10",
    "aws:vpceaccount": endpoint.accountId,
  };
}

function sourceContext({ sourceArn, sourceAccount }: RequestRoute, store: Store): Loose {
  const path = sourceAccount === undefined ? undefined : organizationPath(store, sourceAccount);
  return {
    "aws:sourcearn": sourceArn,
    "aws:sourceaccount": sourceAccount,
    "aws:sourceorgid": path && organization(store)?.id,
    "aws:sourceorgpaths": path && [path],
  };
}

function serviceHost(name: string): string {
  return `${name}.amazonaws.com`;
}

type Loose = Readonly<Record<string, string | readonly string[] | undefined>>;

function present(context: Loose): RequestContext {
  const entries = Object.entries(context).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as RequestContext;
}
