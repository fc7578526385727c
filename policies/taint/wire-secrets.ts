import { Path } from "../stack/resource";

/** Marks of Pulumi's wire format for property values. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Where properties keep the message that they came in. */
const wireForm = Symbol("wire form");

/** A property bag of protobuf. */
interface Struct {
  toJavaScript(): unknown;
}

/** The part of the SDK that unpacks properties, and drops which of them are secrets. */
export interface Unpacker {
  deserializeProperties?: (struct: any, proxySecrets: any) => Record<string, any>;
}

/**
 * Has the SDK's properties remember the message that they came in, which says which of them are secrets. For stack
 * outputs nothing else does. Where a later SDK is built otherwise, nothing is remembered, and nothing else changes.
 */
export function rememberWireForm(unpacker: Unpacker = installedUnpacker()): void {
  const unpack = unpacker.deserializeProperties;
  if (typeof unpack !== "function") return;
  unpacker.deserializeProperties = (struct, proxySecrets) => {
    const props = unpack(struct, proxySecrets);
    if (proxySecrets !== true) Object.defineProperty(props, wireForm, { value: struct });
    return props;
  };
}

/** The module is the SDK's own affair: a later one may be without. */
function installedUnpacker(): Unpacker {
  try {
    return require("@pulumi/policy/deserialize");
  } catch {
    return {};
  }
}

/** Paths of the properties that are secrets; undefined when that is not remembered. */
export function secretPathsOnWire(props: unknown): readonly Path[] | undefined {
  const { __getSpecialProxyTarget: target = props } = Object(props) as Record<string, unknown>;
  const struct = (Object(target) as Record<symbol, Struct | undefined>)[wireForm];
  if (struct === undefined) return undefined;
  const found: Path[] = [];
  collect(struct.toJavaScript(), [], found);
  return found;
}

function collect(value: unknown, path: Path, found: Path[]): void {
  if (typeof value !== "object" || value === null) return;
  if ((value as Record<string, unknown>)[signatureKey] === secretSignature) {
    found.push(path);
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    collect(member, [...path, Array.isArray(value) ? Number(key) : key], found);
  }
}
