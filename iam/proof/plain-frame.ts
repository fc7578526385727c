import { Frame } from "./frame";
import { KeyDomain, KeyValue } from "./key-domain";
import { WorldDocument } from "./world";
import { WorldIndex } from "./world-index";

/** Where the requests of IAM and STS go. */
export const GLOBAL_REGION = "us-east-1";

/** What a request is about, besides its action. */
export interface PlainTarget {
  readonly arn: string;
  readonly accountId: string;
  /** @default us-east-1 */
  readonly region?: string;
  /** Condition keys that the resource decides, in lower case. */
  readonly fixed?: Readonly<Record<string, KeyValue>>;
  /** Condition keys that the caller chooses. */
  readonly free?: readonly KeyDomain[];
  /** The resource's own policy. */
  readonly policy?: WorldDocument;
}

/** A request of the caller's that no other service forwards, on a resource of an account of the world. */
export function plainFrame(action: string, target: PlainTarget, index: WorldIndex): Frame {
  const { arn, accountId, region = GLOBAL_REGION, fixed = {}, free = [], policy } = target;
  const account = index.account(accountId);
  const path = account?.organizationPath;
  const rcps = account?.rcps;
  return {
    action,
    route: "direct",
    region,
    resource: { arn, accountId },
    fixed: new Map<string, KeyValue>([
      ["aws:requestedregion", region],
      ["aws:resourceaccount", accountId],
      ["aws:resourceorgid", path === undefined ? undefined : index.world.organization?.id],
      ["aws:resourceorgpaths", path === undefined ? undefined : [path]],
      ...Object.entries(fixed),
    ]),
    free: new Map(free.map((domain) => [domain.group.replace(/^key:/, ""), domain])),
    ...(policy && { policy }),
    ...(rcps && { rcps }),
  };
}

/** `aws:ResourceTag` and the service's own, of a resource with these tags. */
export function tagKeys(
  service: string,
  tags: Readonly<Record<string, string>>,
): Readonly<Record<string, KeyValue>> {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) =>
      ["aws", service].map((prefix) => [`${prefix}:resourcetag/${key.toLowerCase()}`, value]),
    ),
  );
}
