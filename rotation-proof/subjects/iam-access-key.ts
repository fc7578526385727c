import { CreateAccessKeyCommand, CreateUserCommand, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { CallQuery, callQueryByHttps } from "../../rotation-lambdas/aws-query";
import { accessKeys } from "../../rotation-lambdas/strategies/access-keys";
import { IamCloud, startIamCloud } from "../servers/iam-cloud";
import { CaseOptions, Subject, SubjectCase } from "../subject";

/** Time that a key without a version is given to be stored; a minute in production. Milliseconds. */
const youngMs = 300;

/** Time from reading a key to using it; half a minute in production. Milliseconds. */
const overlapMs = 300;

/** Access keys of an IAM user, of which two are valid at any time. */
export const iamAccessKeySubjects: readonly Subject[] = [
  {
    ...{ engine: "iam-access-key", strategy: "dual-password", promise: "current", previousWorks: true },
    ...{ canSeed: true, keepsUsedKeys: true },
    async start() {
      const cloud = await startIamCloud();
      return {
        testedAgainst: "the local cloud's IAM and STS, over HTTP",
        newCase: (name, options) => newCase(cloud, name, options),
        stop: () => cloud.stop(),
      };
    },
  },
];

async function newCase(
  cloud: IamCloud,
  userName: string,
  { secrets, isSeeded }: CaseOptions,
): Promise<SubjectCase> {
  await cloud.iam.send(new CreateUserCommand({ UserName: userName }));
  const value = isSeeded ? undefined : { ...(await firstKey(cloud, userName)), userName };
  const secretArn = await secrets.create(`${userName}/key`, value);
  return {
    secretArn,
    settings: { strategy: "dual-password", accessKey: { userName } },
    strategy: (recorder) => {
      const call: CallQuery = (service, action, ...rest) =>
        recorder.wrap(action, callQueryByHttps)(service, action, ...rest);
      return accessKeys({ call, environment: cloud.environment(), youngMs, overlapMs });
    },
    logIn: async (text) => (await cloud.callerOf(JSON.parse(text))) !== "refused",
    orphans: (values) => orphans(cloud, userName, values),
  };
}

async function firstKey(cloud: IamCloud, UserName: string) {
  const { AccessKey } = await cloud.iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

async function orphans(
  { iam }: IamCloud,
  UserName: string,
  values: readonly string[],
): Promise<readonly string[]> {
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
  const known = values.map((text) => JSON.parse(text).accessKeyId as string);
  return AccessKeyMetadata.flatMap(({ AccessKeyId: id }) => (known.includes(id!) ? [] : [`key ${id}`]));
}
