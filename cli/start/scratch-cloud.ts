import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import {
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { PolicyDocument } from "../../iam";
import { Children } from "../children";
import { accountsFile, Administrator, administrators } from "../organisation";
import { Credentials } from "./aws";
import { startCloud } from "./cloud-process";
import { Platform } from "./platform";

const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";

/** A copy of the platform's cloud with an account of nobody's beside the organisation, to try out what must not be. */
export class ScratchCloud {
  private constructor(
    private readonly children: Children,
    private readonly url: string,
    private readonly administrator: Administrator,
    private readonly stranger: Administrator,
  ) {}

  /** @param strangerId account that is made beside those of the organisation */
  static async start(platform: Platform, strangerId: string): Promise<ScratchCloud> {
    const folder = join(platform.folder, "scratch");
    mkdirSync(folder, { recursive: true });
    cpSync(join(platform.folder, "cloud"), join(folder, "cloud"), { recursive: true });
    const stranger: Administrator = { ...administrators().orders, accountId: strangerId };
    const { accounts, ...rest } = accountsFile(platform.administrators) as { accounts: readonly object[] };
    const { accountId: id, accessKeyId, secretAccessKey } = stranger;
    const account = { id, name: "stranger", administrator: { accessKeyId, secretAccessKey } };
    const file = { ...rest, accounts: [...accounts, account] };
    const children = new Children();
    const url = await startCloud(platform.root, folder, file, children);
    return new ScratchCloud(children, url, platform.administrators.secrets, stranger);
  }

  /** Ends its process. */
  stop(): Promise<void> {
    return this.children.stopAll();
  }

  /** Credentials of a role that the stranger makes in the account, with every permission that the account can give. */
  async strangersRole(roleArn: string): Promise<Credentials> {
    const [, path = "/", name = ""] = /:role(\/(?:.*\/)?)([^/]+)$/.exec(roleArn) ?? [];
    const config = this.config(this.stranger, "us-east-1");
    const principal = { AWS: `arn:aws:iam::${this.stranger.accountId}:user/administrator` };
    const trust = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
    const document = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    const iam = new IAMClient(config);
    await iam.send(new CreateRoleCommand({ RoleName: name, Path: path, AssumeRolePolicyDocument: document }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: ADMINISTRATOR_ACCESS }));
    const sts = new STSClient(config);
    const answer = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "stranger" }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials!;
    return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken };
  }

  async putSecretPolicy(arn: string, region: string, policy: PolicyDocument): Promise<void> {
    const client = new SecretsManagerClient(this.config(this.administrator, region));
    await client.send(
      new PutResourcePolicyCommand({ SecretId: arn, ResourcePolicy: JSON.stringify(policy) }),
    );
  }

  async putKeyPolicy(arn: string, region: string, policy: PolicyDocument): Promise<void> {
    const client = new KMSClient(this.config(this.administrator, region));
    await client.send(new PutKeyPolicyCommand({ KeyId: arn, Policy: JSON.stringify(policy) }));
  }

  /** The version that the caller reads, or why it cannot. */
  async read(
    arn: string,
    region: string,
    credentials: Credentials,
  ): Promise<{ readonly versionId: string } | { readonly refused: string }> {
    const client = new SecretsManagerClient(this.config(credentials, region));
    try {
      return { versionId: (await client.send(new GetSecretValueCommand({ SecretId: arn }))).VersionId! };
    } catch (error) {
      return { refused: (error as Error).name };
    } finally {
      client.destroy();
    }
  }

  private config(credentials: Credentials, region: string) {
    return { region, endpoint: this.url, credentials, maxAttempts: 3 };
  }
}
