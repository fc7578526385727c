import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
  OUTPUT_SIGNATURE,
  RESOURCE_SIGNATURE,
  SECRET_SIGNATURE,
  SIGNATURE_KEY,
  UNKNOWN,
  containsUnknown,
} from "./sentinels";
import { structOf } from "./well-known-messages";

/**
 * Properties of one resource by name: JSON values, assets and archives in their wire form, unknowns as their sentinel.
 * The values are `any` because each resource type knows their form from its own property table, which `Check` enforced.
 */
export type Properties = Readonly<Record<string, any>>;

/** Properties and the names of those that hold a secret anywhere inside. */
export interface DecodedProperties {
  readonly values: Properties;
  readonly secrets: ReadonlySet<string>;
}

/** Reads properties from the wire: secrets unwrapped and remembered, outputs and resource references resolved, nulls left out. */
export function decodeProperties(struct: Struct | undefined): DecodedProperties {
  const secrets = new Set<string>();
  const values: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(struct?.toJavaScript() ?? {})) {
    const value = decode(raw, () => secrets.add(name));
    if (value !== undefined) {
      values[name] = value;
    }
  }
  return { values, secrets };
}

/** Writes properties for the wire; those named in `secrets` become secrets as a whole. */
export function encodeProperties(values: Properties, secrets: ReadonlySet<string> = new Set()): Struct {
  const wire: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const encoded = withoutNulls(value);
    if (encoded !== undefined) {
      wire[name] = secrets.has(name) ? { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: encoded } : encoded;
    }
  }
  return structOf(wire);
}

function decode(raw: unknown, onSecret: () => void): unknown {
  if (raw === null || raw === undefined) {
    return undefined;
  }
  if (Array.isArray(raw)) {
    return raw.map((item) => decode(item, onSecret) ?? null);
  }
  if (typeof raw !== "object") {
    return raw;
  }
  const object = raw as Record<string, unknown>;
  switch (object[SIGNATURE_KEY]) {
    case SECRET_SIGNATURE:
      onSecret();
      return decode(object["value"], onSecret);
    case OUTPUT_SIGNATURE:
      if (object["secret"] === true) {
        onSecret();
      }
      return "value" in object ? decode(object["value"], onSecret) : UNKNOWN;
    case RESOURCE_SIGNATURE:
      return object["id"] === undefined || object["id"] === "" || containsUnknown(object["id"])
        ? UNKNOWN
        : object["id"];
    default:
      return decodeMembers(object, onSecret);
  }
}

function decodeMembers(object: Record<string, unknown>, onSecret: () => void): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(object)) {
    const value = decode(raw, onSecret);
    if (value !== undefined) {
      members[name] = value;
    }
  }
  return members;
}

function withoutNulls(value: unknown): unknown {
  if (value === null || value === undefined) {
    return undefined;
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (Array.isArray(value)) {
    return value.map((item) => withoutNulls(item) ?? null);
  }
  if (typeof value !== "object") {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, withoutNulls(member)] as const)
      .filter(([, member]) => member !== undefined),
  );
}
