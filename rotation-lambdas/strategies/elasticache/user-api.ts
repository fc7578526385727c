import { endpointFor, functionCredentials, regionOf } from "../../aws-endpoint";
import { CallQuery, QueryService, queryAws, requiredXml, textIn } from "../../aws-query";
import { RotationError } from "../../rotation-error";
import { Environment } from "../../secrets-manager";
import { TimeBudget } from "../../time-budget";

/** Pause before the user's state is asked for again. Milliseconds. */
const lookAgainMs = 1000;

/** States of a user. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_User.html */
type UserStatus = "active" | "modifying" | "deleting";

/** ElastiCache's operations on one user, with the function's role. */
export class ElastiCacheUserApi {
  constructor(
    private readonly userArn: string,
    private readonly call: CallQuery,
    private readonly environment: Environment,
    private readonly budget: TimeBudget,
    private readonly pauseMs: number = lookAgainMs,
  ) {}

  /**
   * Gives the user exactly these passwords, one or two, and waits until its clusters have them. The API takes passwords
   * only as they are; CloudTrail leaves them out.
   */
  async setPasswords(passwords: readonly string[]): Promise<void> {
    await this.untilActive();
    const members = passwords.map((password, index) => [`Passwords.member.${index + 1}`, password]);
    const input = { UserId: this.userId, ...(Object.fromEntries(members) as Record<string, string>) };
    const answer = await this.ask("ModifyUser", input);
    if ("failure" in answer && answer.failure === "InvalidUserState") {
      throw new RotationError("locked", `ElastiCache user ${this.userId} is being modified by somebody else`);
    }
    requiredXml(answer, `ElastiCache ModifyUser of ${this.userId}`);
    await this.untilActive();
  }

  /** @throws RotationError `timeout` when the user is not active within the budget */
  async untilActive(): Promise<void> {
    for (;;) {
      const status = await this.status();
      if (status === "active") return;
      if (status === "deleting")
        throw new RotationError("conflict", `ElastiCache user ${this.userId} is being deleted`);
      if (!(await this.budget.pause(this.pauseMs))) {
        throw new RotationError("timeout", `ElastiCache user ${this.userId} is still being modified`);
      }
    }
  }

  private async status(): Promise<UserStatus> {
    const answer = await this.ask("DescribeUsers", { UserId: this.userId });
    if ("failure" in answer && answer.failure === "UserNotFound") {
      throw new RotationError("conflict", `ElastiCache has no user ${this.userId}`);
    }
    const xml = requiredXml(answer, `ElastiCache DescribeUsers of ${this.userId}`);
    if (textIn(xml, "ARN") !== this.userArn) {
      throw new RotationError(
        "policy-refused",
        `the user of this account is not the one in "elastiCache.userArn"`,
      );
    }
    return textIn(xml, "Status") as UserStatus;
  }

  private get userId(): string {
    return this.userArn.slice(this.userArn.lastIndexOf(":") + 1);
  }

  private ask(action: string, parameters: Record<string, string>) {
    const options = { credentials: functionCredentials(this.environment), budget: this.budget };
    return queryAws(this.call, serviceOf(this.environment), action, parameters, options);
  }
}

function serviceOf(environment: Environment): QueryService {
  const region = regionOf(environment);
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return {
    ...{ title: "ElastiCache", signingName: "elasticache", region, apiVersion: "2015-02-02" },
    endpoint: endpointFor(environment, "ELASTICACHE", `https://elasticache.${region}.${suffix}/`),
  };
}
