import { ApiError } from "../core/api-error";
import { Call } from "../core/operation";
import { Store, Table } from "../core/store";

/** A function, or one published version of it. */
export interface FunctionRecord {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** Without a version. */
  readonly arn: string;
  /** `$LATEST`, or the number of a published version. */
  readonly version: string;
  readonly role: string;
  readonly runtime: string;
  readonly handler: string;
  readonly description: string;
  /** Seconds. */
  readonly timeout: number;
  /** MiB. */
  readonly memorySize: number;
  /** JSON of the environment variables, sealed; absent when there are none. */
  readonly sealedEnvironment?: string;
  readonly kmsKeyArn?: string;
  readonly vpc?: FunctionVpc;
  readonly architectures: readonly string[];
  /** MiB. */
  readonly ephemeralStorage: number;
  readonly tracing: string;
  readonly deadLetterArn?: string;
  readonly logging: {
    readonly LogFormat: string;
    readonly LogGroup: string;
    readonly [member: string]: string;
  };
  /** Base64 of the zip's SHA-256; also its key in {@link codes}. */
  readonly codeSha256: string;
  readonly codeSize: number;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  readonly revisionId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  /** Statements of the function's own policy. */
  readonly statements: readonly PermissionStatement[];
  readonly lastVersion: number;
}

export interface FunctionVpc {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly vpcId: string;
}

/** A statement as AddPermission renders it. */
export interface PermissionStatement {
  readonly Sid: string;
  readonly [element: string]: unknown;
}

/** By {@link placeOf}. */
export function functions(store: Store): Table<FunctionRecord> {
  return store.table("lambda:functions");
}

/** By {@link placeOf}, a colon and the version. */
export function publishedVersions(store: Store): Table<FunctionRecord> {
  return store.table("lambda:versions");
}

/** Zips in base64, by their hash. */
export function codes(store: Store): Table<{ readonly zip: string }> {
  return store.table("lambda:code");
}

export function placeOf(record: Pick<FunctionRecord, "accountId" | "region" | "name">): string {
  return `${record.accountId}/${record.region}/${record.name}`;
}

/** The function and version that a request names. */
export interface FunctionReference {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** ARN without a version. */
  readonly arn: string;
  readonly qualifier?: string;
}

/**
 * Reads a name, a partial ARN (`123456789012:function:name`) or an ARN, each with or without a version.
 *
 * @throws ApiError when it is none of these
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
 */
export function parseReference(text: string, qualifier: string | undefined, call: Call): FunctionReference {
  const form =
    /^(?:(?:arn:[\w-]+:lambda:([\w-]+):)?(\d{12}):(?:function:)?|function:)?([\w-]{1,64})(?::(\$LATEST|[\w-]+))?$/;
  const match = form.exec(text);
  if (!match) {
    throw new ApiError(
      "ValidationException",
      `Value '${text}' at 'functionName' is not a function's name or ARN.`,
    );
  }
  const [, region = call.region, accountId = call.accountId, name, version] = match;
  if (region !== call.region) {
    throw notFound(`Functions from '${region}' are not reachable in this region ('${call.region}')`);
  }
  if (qualifier !== undefined && version !== undefined && qualifier !== version) {
    const message = "The derived qualifier from the function name does not match the specified qualifier.";
    throw new ApiError("InvalidParameterValueException", message);
  }
  const arn = `arn:${call.partition}:lambda:${region}:${accountId}:function:${name}`;
  return { accountId, region, name: name!, arn, qualifier: qualifier ?? version };
}

/** The record of a reference; undefined when it does not exist. */
export function findFunction(store: Store, reference: FunctionReference): FunctionRecord | undefined {
  const place = placeOf(reference);
  if (reference.qualifier === undefined || reference.qualifier === "$LATEST")
    return functions(store).get(place);
  return publishedVersions(store).get(`${place}:${reference.qualifier}`);
}

/** @throws ApiError ResourceNotFoundException */
export function existingFunction(store: Store, reference: FunctionReference): FunctionRecord {
  const found = findFunction(store, reference);
  if (found) return found;
  const suffix = reference.qualifier === undefined ? "" : `:${reference.qualifier}`;
  throw notFound(`Function not found: ${reference.arn}${suffix}`);
}

export function notFound(message: string): ApiError {
  return new ApiError("ResourceNotFoundException", message, 404);
}

export function invalidParameter(message: string): ApiError {
  return new ApiError("InvalidParameterValueException", message);
}
