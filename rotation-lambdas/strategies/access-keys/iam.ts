import { endpointFor, regionOf } from "../../aws-endpoint";
import {
  CallQuery,
  elementsIn,
  QueryOptions,
  QueryService,
  queryAws,
  requiredXml,
  textIn,
} from "../../aws-query";
import { AwsCredentials } from "../../aws-request";
import { ListedKey } from "../../issued-keys";
import { RotationError } from "../../rotation-error";
import { Environment } from "../../secrets-manager";
import { TimeBudget } from "../../time-budget";

/** A key of the user and whether IAM accepts it. */
export interface UserKey extends ListedKey {
  readonly isActive: boolean;
}

/** The part of IAM and STS that a rotation needs, as one principal. Each call is sent again when that is harmless. */
export interface AccessKeyAdministration {
  list(): Promise<readonly UserKey[]>;
  create(): Promise<{ readonly accessKeyId: string; readonly secretAccessKey: string }>;
  /** Harmless when the key is not there. */
  remove(accessKeyId: string): Promise<void>;
  /** When the key was used last, in milliseconds since the epoch; IAM learns of it some minutes late. */
  lastUsed(accessKeyId: string): Promise<number | undefined>;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html */
export function accessKeysOf(
  userName: string,
  call: CallQuery,
  environment: Environment,
  options: Omit<QueryOptions, "isRepeatable">,
): AccessKeyAdministration {
  const iam = iamService(environment);
  const ask = async (action: string, parameters: Record<string, string>, isRepeatable = true) => {
    const answer = await queryAws(call, iam, action, parameters, { ...options, isRepeatable });
    return { answer, required: () => requiredXml(answer, `IAM ${action} for ${userName}`) };
  };
  return {
    async list() {
      const xml = (await ask("ListAccessKeys", { UserName: userName })).required();
      return elementsIn(xml, "member").map(toUserKey);
    },
    async create() {
      const { answer, required } = await ask("CreateAccessKey", { UserName: userName }, false);
      if ("failure" in answer && answer.failure === "LimitExceeded") {
        const what = `user ${userName} has two keys, one of which another invocation may have made just now`;
        throw new RotationError("locked", `${what}: this step succeeds when it is repeated in a minute`);
      }
      const xml = required();
      return { accessKeyId: present(xml, "AccessKeyId"), secretAccessKey: present(xml, "SecretAccessKey") };
    },
    async remove(accessKeyId) {
      const key = { UserName: userName, AccessKeyId: accessKeyId };
      const { answer, required } = await ask("DeleteAccessKey", key);
      if (!("failure" in answer) || answer.failure !== "NoSuchEntity") required();
    },
    async lastUsed(accessKeyId) {
      const date = textIn(
        (await ask("GetAccessKeyLastUsed", { AccessKeyId: accessKeyId })).required(),
        "LastUsedDate",
      );
      return date === undefined ? undefined : Date.parse(date);
    },
  };
}

function toUserKey(xml: string): UserKey {
  return {
    id: present(xml, "AccessKeyId"),
    createdAt: Date.parse(present(xml, "CreateDate")),
    isActive: present(xml, "Status") === "Active",
  };
}

function present(xml: string, name: string): string {
  const text = textIn(xml, name);
  if (text === undefined) throw new RotationError("unsupported", `IAM's answer has no ${name}`);
  return text;
}

/**
 * The ARN of the key's owner; `refused` when AWS does not know the key, as for some seconds after it was made.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerOf(
  credentials: AwsCredentials,
  call: CallQuery,
  environment: Environment,
  budget: TimeBudget,
): Promise<string> {
  const region = regionOf(environment);
  const service: QueryService = {
    ...{ title: "STS", signingName: "sts", region, apiVersion: "2011-06-15" },
    endpoint: endpointFor(environment, "STS", `https://sts.${region}.${suffixOf(region)}/`),
  };
  const answer = await queryAws(call, service, "GetCallerIdentity", {}, { credentials, budget });
  return present(requiredXml(answer, "STS GetCallerIdentity with the key"), "Arn");
}

/** IAM has one endpoint a partition, in one Region. */
function iamService(environment: Environment): QueryService {
  const region = regionOf(environment);
  const [home, usual] = region.startsWith("cn-")
    ? ["cn-north-1", "https://iam.cn-north-1.amazonaws.com.cn/"]
    : region.startsWith("us-gov-")
      ? ["us-gov-west-1", "https://iam.us-gov.amazonaws.com/"]
      : ["us-east-1", "https://iam.amazonaws.com/"];
  const endpoint = endpointFor(environment, "IAM", usual!);
  return { title: "IAM", signingName: "iam", region: home!, endpoint, apiVersion: "2010-05-08" };
}

function suffixOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
