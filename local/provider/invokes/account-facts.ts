import { LocalProvider } from "../provider";
import { Properties } from "../values";

/** `aws.getCallerIdentity` */
export async function getCallerIdentity(_args: Properties, provider: LocalProvider): Promise<Properties> {
  const sts = await provider.clients.sts();
  const { Account, Arn, UserId } = await sts.getCallerIdentity({});
  return { accountId: Account, arn: Arn, userId: UserId, id: Account };
}

/** `aws.getRegion` */
export async function getRegion(args: Properties, provider: LocalProvider): Promise<Properties> {
  const region: string = args["region"] ?? args["name"] ?? provider.settings.region;
  return { id: region, name: region, region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
}

/** `aws.getPartition` */
export async function getPartition(_args: Properties, provider: LocalProvider): Promise<Properties> {
  const china = provider.partition === "aws-cn";
  return {
    id: provider.partition,
    partition: provider.partition,
    dnsSuffix: china ? "amazonaws.com.cn" : "amazonaws.com",
    reverseDnsPrefix: china ? "cn.com.amazonaws" : "com.amazonaws",
  };
}
