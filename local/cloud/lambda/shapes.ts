import { blob, boolean, integer, list, map, optional, string, structure } from "../core/shape";

/** Functions run on this machine's own Node, whichever of these they ask for. */
export const RUNTIMES = ["nodejs20.x", "nodejs22.x", "nodejs24.x"] as const;

export const functionName = string({ min: 1, max: 170 });
export const qualifier = optional(
  string({ min: 1, max: 128, pattern: /\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+/ }),
);
export const onlyFunction = structure({ FunctionName: functionName });
export const functionAndQualifier = structure({ FunctionName: functionName, Qualifier: qualifier });

export const tags = map(string({ max: 256 }), { max: 50, keys: string({ min: 1, max: 128 }) });

/** Members that CreateFunction and UpdateFunctionConfiguration share. */
export const configurationMembers = {
  Role: optional(string({ pattern: /arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+/ })),
  Runtime: optional(string()),
  Handler: optional(string({ max: 128, pattern: /[^\s]+/ })),
  Description: optional(string({ max: 256 })),
  Timeout: optional(integer({ min: 1, max: 900 })),
  MemorySize: optional(integer({ min: 128, max: 10_240 })),
  Environment: optional(structure({ Variables: optional(map(string())) })),
  KMSKeyArn: optional(string({ pattern: /(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()/ })),
  VpcConfig: optional(
    structure({
      SubnetIds: optional(list(string(), { max: 16 })),
      SecurityGroupIds: optional(list(string(), { max: 5 })),
      Ipv6AllowedForDualStack: optional(boolean()),
    }),
  ),
  DeadLetterConfig: optional(structure({ TargetArn: optional(string()) })),
  EphemeralStorage: optional(structure({ Size: integer({ min: 512, max: 10_240 }) })),
  TracingConfig: optional(structure({ Mode: optional(string({ enum: ["Active", "PassThrough"] })) })),
  LoggingConfig: optional(
    structure({
      LogFormat: optional(string({ enum: ["JSON", "Text"] })),
      LogGroup: optional(string({ min: 1, max: 512, pattern: /[.\-_/#A-Za-z0-9]+/ })),
      ApplicationLogLevel: optional(string({ enum: ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] })),
      SystemLogLevel: optional(string({ enum: ["DEBUG", "INFO", "WARN"] })),
    }),
  ),
  Layers: optional(list(string())),
};

/** Where code comes from; only the zip itself is modelled. */
export const codeMembers = {
  ZipFile: optional(blob({ sensitive: true })),
  S3Bucket: optional(string()),
  S3Key: optional(string()),
  ImageUri: optional(string()),
};

export const architectures = optional(list(string({ enum: ["x86_64", "arm64"] }), { min: 1, max: 1 }));
