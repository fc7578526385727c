import { randomUUID } from "crypto";
import { Call } from "../core/operation";
import { Infer, structure } from "../core/shape";
import { FunctionRecord, FunctionVpc, invalidParameter } from "./function-record";
import { configurationMembers, RUNTIMES } from "./shapes";

const members = structure(configurationMembers);

/** What a request says of a function's configuration; what it leaves out stays. */
export type ConfigurationInput = Infer<typeof members>;

/** Keys that Lambda sets itself. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_.*|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;

/** The record with the changes of a request. @throws ApiError for what AWS refuses */
export function configured(record: FunctionRecord, input: ConfigurationInput, call: Call): FunctionRecord {
  if (input.Layers?.length) throw invalidParameter("The local cloud does not model layers.");
  if (input.Runtime !== undefined && !RUNTIMES.includes(input.Runtime as (typeof RUNTIMES)[number])) {
    throw invalidParameter(
      `Value ${input.Runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: ` +
        `[${RUNTIMES.join(", ")}] or be a valid ARN (the local cloud runs Node only)`,
    );
  }
  return {
    ...record,
    role: input.Role ?? record.role,
    runtime: input.Runtime ?? record.runtime,
    handler: input.Handler ?? record.handler,
    description: input.Description ?? record.description,
    timeout: input.Timeout ?? record.timeout,
    memorySize: input.MemorySize ?? record.memorySize,
    kmsKeyArn: input.KMSKeyArn === undefined ? record.kmsKeyArn : input.KMSKeyArn || undefined,
    tracing: input.TracingConfig?.Mode ?? record.tracing,
    ephemeralStorage: input.EphemeralStorage?.Size ?? record.ephemeralStorage,
    deadLetterArn: input.DeadLetterConfig
      ? input.DeadLetterConfig.TargetArn || undefined
      : record.deadLetterArn,
    logging: { ...record.logging, ...input.LoggingConfig },
    vpc: input.VpcConfig ? vpcOf(input.VpcConfig, call) : record.vpc,
    sealedEnvironment: input.Environment
      ? sealEnvironment(input.Environment.Variables ?? {}, call)
      : record.sealedEnvironment,
    ...touched(call),
  };
}

/** What every change of a function leaves behind. */
export function touched(call: Call): Pick<FunctionRecord, "lastModified" | "revisionId"> {
  return { lastModified: call.clock.now(), revisionId: randomUUID() };
}

/** The variables of a function's environment. */
export function environmentOf(record: FunctionRecord, call: Pick<Call, "sealer">): Record<string, string> {
  if (record.sealedEnvironment === undefined) return {};
  return JSON.parse(call.sealer.unseal(record.sealedEnvironment).toString()) as Record<string, string>;
}

function sealEnvironment(variables: Readonly<Record<string, string>>, call: Call): string | undefined {
  const names = Object.keys(variables);
  const reserved = names.filter((name) => RESERVED.test(name));
  if (reserved.length > 0) {
    throw invalidParameter(
      "Lambda was unable to configure your environment variables because the environment variables you have " +
        "provided contains reserved keys that are currently not supported for modification. Reserved keys used in " +
        `this request: ${reserved.join(", ")}`,
    );
  }
  const malformed = names.find((name) => !/^[a-zA-Z]\w+$/.test(name));
  if (malformed !== undefined) {
    throw invalidParameter(`Environment variable name ${malformed} must satisfy [a-zA-Z]([a-zA-Z0-9_])+`);
  }
  if (JSON.stringify(variables).length > 4096) {
    const message = "environment variables you have provided exceeded the 4KB limit.";
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the ${message}`,
    );
  }
  return names.length === 0 ? undefined : call.sealer.seal(JSON.stringify(variables));
}

interface PassiveResource {
  readonly properties: { readonly VpcId?: string };
}

function vpcOf(config: NonNullable<ConfigurationInput["VpcConfig"]>, call: Call): FunctionVpc | undefined {
  const { SubnetIds: subnetIds = [], SecurityGroupIds: securityGroupIds = [] } = config;
  if (subnetIds.length === 0 && securityGroupIds.length === 0) return undefined;
  if (subnetIds.length === 0 || securityGroupIds.length === 0) {
    throw invalidParameter("SubnetIds and SecurityIds must coexist or be both empty list.");
  }
  const vpcs = new Set([
    ...subnetIds.map((id) => vpcOfResource("Subnet", id, "subnet", call)),
    ...securityGroupIds.map((id) => vpcOfResource("SecurityGroup", id, "security group", call)),
  ]);
  if (vpcs.size > 1) throw invalidParameter("Subnets and security groups are not all of one VPC.");
  return { subnetIds, securityGroupIds, vpcId: [...vpcs][0] ?? "" };
}

function vpcOfResource(type: string, id: string, word: string, call: Call): string {
  const table = call.store.table<PassiveResource>(`cloudcontrol:AWS::EC2::${type}`);
  const found = table.get(`${call.accountId}/${call.region}/${id}`);
  if (!found)
    throw invalidParameter(`Error occurred while DescribeResources. The ${word} ID '${id}' does not exist`);
  return found.properties.VpcId ?? "";
}
