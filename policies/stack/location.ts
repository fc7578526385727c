import { Resource } from "./resource";
import { absent, known, read, readString, readWhole, Tri, unknown } from "./tri-state";

/** `arn:<partition>:<service>:<region>:<account>:<rest>`, taken apart. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  /** Empty for global services. */
  readonly region: string;
  /** Empty where AWS leaves it out. */
  readonly account: string;
  readonly rest: string;
}

/** Undefined when the text is no ARN. */
export function parseArn(text: string): ArnParts | undefined {
  const parts = text.split(":");
  if (parts[0] !== "arn" || parts.length < 6) return undefined;
  const [, partition = "", service = "", region = "", account = ""] = parts;
  return { partition, service, region, account, rest: parts.slice(5).join(":") };
}

const accounts = new WeakMap<Resource, Tri<string>>();
const regions = new WeakMap<Resource, Tri<string>>();

/** Account that owns the resource: from its ARN, else from the provider it is created with. */
export function accountOf(resource: Resource): Tri<string> {
  const account = accounts.get(resource) ?? findAccount(resource);
  accounts.set(resource, account);
  return account;
}

/** Region of the resource: its own `region`, else its ARN's, else the provider's. */
export function regionOf(resource: Resource): Tri<string> {
  const region = regions.get(resource) ?? findRegion(resource);
  regions.set(resource, region);
  return region;
}

function findAccount(resource: Resource): Tri<string> {
  const own = arnOf(resource);
  if (own?.account) return known(own.account);
  const roles = providerValue(resource, "assumeRoles");
  const last = Array.isArray(roles) ? roles.at(-1) : roles;
  const role = readString(last, "roleArn");
  const assumed = role.state === "known" ? parseArn(role.value)?.account : undefined;
  if (assumed) return known(assumed);
  const allowed = providerValue(resource, "allowedAccountIds");
  const [only, ...others] = Array.isArray(allowed) ? allowed : [];
  return typeof only === "string" && others.length === 0 ? known(only) : unknown;
}

function findRegion(resource: Resource): Tri<string> {
  const own = readString(resource.props, "region");
  if (own.state === "known") return own;
  const arn = arnOf(resource);
  if (arn?.region) return known(arn.region);
  const region = providerValue(resource, "region");
  return typeof region === "string" && region !== "" ? known(region) : unknown;
}

function arnOf(resource: Resource): ArnParts | undefined {
  const arn = readString(resource.props, "arn");
  return arn.state === "known" ? parseArn(arn.value) : undefined;
}

/** Provider settings arrive as JSON text, save plain strings, which arrive as they are. */
function providerValue(resource: Resource, name: string): unknown {
  const props = resource.provider?.props;
  const value = props === undefined ? absent : readString(props, name);
  if (value.state !== "known") {
    const raw = props === undefined ? absent : read(props, name);
    const whole = raw.state === "known" ? readWhole(props, name) : absent;
    return whole.state === "known" ? whole.value : undefined;
  }
  try {
    return JSON.parse(value.value);
  } catch {
    return value.value;
  }
}
