import { PathStep } from "./answer";
import { Frame, OperationFrames } from "./frame";
import { KeyDomain, KeyValue, textDomain } from "./key-domain";
import { accessesOf } from "./prove-operation";
import { Prover } from "./prover";
import { LambdaFunction, NamedPrincipal } from "./world";

/** Where the requests of IAM and STS go. */
const GLOBAL_REGION = "us-east-1";
const LAMBDA = "lambda.amazonaws.com";

const SESSION: ReadonlyMap<string, KeyDomain> = new Map(
  [
    textDomain("sts:rolesessionname", { mayBeAbsent: false }),
    textDomain("sts:externalid"),
    textDomain("sts:durationseconds", { universe: "900", values: ["900"] }),
  ].map((domain) => [domain.group.replace(/^key:/, ""), domain]),
);

/** The ways to act as a principal, and to give it permissions. Each is worked out once. */
export class Becoming {
  private readonly toBe = new Map<string, readonly PathStep[]>();
  private readonly toWiden = new Map<string, readonly PathStep[]>();
  private readonly functionsByRole = new Map<string, LambdaFunction[]>();

  constructor(private readonly prover: Prover) {
    for (const one of prover.index.world.functions) {
      this.functionsByRole.set(one.roleArn, [...(this.functionsByRole.get(one.roleArn) ?? []), one]);
    }
  }

  /** Steps after which their `who` acts as the principal. */
  of(principal: NamedPrincipal): readonly PathStep[] {
    let known = this.toBe.get(principal.arn);
    if (known === undefined) {
      known = this.waysToBe(principal).flatMap(({ by, frames }) => this.steps(by, principal.arn, frames));
      this.toBe.set(principal.arn, known);
    }
    return known;
  }

  /** Steps after which the principal has whatever identity policies `who` likes. */
  widening({ kind, arn, accountId }: NamedPrincipal): readonly PathStep[] {
    let known = this.toWiden.get(arn);
    if (known === undefined) {
      const actions =
        kind === "role" ? ["PutRolePolicy", "AttachRolePolicy"] : ["PutUserPolicy", "AttachUserPolicy"];
      known = actions.flatMap((action) =>
        this.steps(`iam:${action}`, arn, [this.iamFrame(action, arn, accountId)]),
      );
      this.toWiden.set(arn, known);
    }
    return known;
  }

  private waysToBe(
    principal: NamedPrincipal,
  ): readonly { readonly by: string; readonly frames: readonly Frame[] }[] {
    const { kind, arn, accountId } = principal;
    if (kind === "user") {
      return ["CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile"].map((action) => ({
        by: `iam:${action}`,
        frames: [this.iamFrame(action, arn, accountId)],
      }));
    }
    return [
      { by: "sts:AssumeRole", frames: [this.assumeRole(principal)] },
      { by: "iam:UpdateAssumeRolePolicy", frames: [this.iamFrame("UpdateAssumeRolePolicy", arn, accountId)] },
      ...(this.functionsByRole.get(arn) ?? []).map((one) => ({
        by: `lambda:UpdateFunctionCode on ${one.arn}`,
        frames: [this.functionFrame("UpdateFunctionCode", one)],
      })),
      ...(this.isForLambda(principal) ? [this.passRole(principal)] : []),
    ];
  }

  private isForLambda({ trust }: NamedPrincipal): boolean {
    return this.prover.admits(trust, "sts:assumerole", LAMBDA);
  }

  /** A new function of the caller's with the role: its code acts as the role. */
  private passRole({ arn, accountId }: NamedPrincipal) {
    const region = this.prover.index.world.secrets[0]?.copies[0]?.region ?? GLOBAL_REGION;
    const made = `arn:aws:lambda:${region}:${accountId}:function:any-function`;
    const passing = this.iamFrame("PassRole", arn, accountId, [["iam:passedtoservice", LAMBDA]]);
    const creating = this.functionFrame("CreateFunction", { arn: made, accountId, roleArn: arn });
    return { by: "iam:PassRole and lambda:CreateFunction", frames: [passing, creating] };
  }

  private assumeRole({ arn, accountId, trust, tags }: NamedPrincipal): Frame {
    const ofRole = Object.entries(tags).flatMap(([key, value]): readonly [string, KeyValue][] => [
      [`aws:resourcetag/${key.toLowerCase()}`, value],
      [`iam:resourcetag/${key.toLowerCase()}`, value],
    ]);
    const frame = this.frame("sts:AssumeRole", arn, accountId, GLOBAL_REGION, ofRole);
    return { ...frame, free: SESSION, ...(trust && { policy: trust }) };
  }

  private iamFrame(
    action: string,
    arn: string,
    accountId: string,
    keys: readonly (readonly [string, KeyValue])[] = [],
  ): Frame {
    return this.frame(`iam:${action}`, arn, accountId, GLOBAL_REGION, keys);
  }

  private functionFrame(action: string, { arn, accountId, policy }: LambdaFunction): Frame {
    const region = arn.split(":")[3] ?? GLOBAL_REGION;
    const frame = this.frame(`lambda:${action}`, arn, accountId, region, [["lambda:functionarn", arn]]);
    return policy === undefined ? frame : { ...frame, policy };
  }

  private frame(
    action: string,
    arn: string,
    accountId: string,
    region: string,
    keys: readonly (readonly [string, KeyValue])[],
  ): Frame {
    const account = this.prover.index.account(accountId);
    const path = account?.organizationPath;
    const rcps = account?.rcps;
    const fixed = new Map<string, KeyValue>([
      ["aws:requestedregion", region],
      ["aws:resourceaccount", accountId],
      ["aws:resourceorgid", path === undefined ? undefined : this.prover.index.world.organization?.id],
      ["aws:resourceorgpaths", path === undefined ? undefined : [path]],
      ...keys,
    ]);
    const resource = { arn, accountId };
    return { action, route: "direct", region, resource, fixed, free: new Map(), ...(rcps && { rcps }) };
  }

  /** Strangers of the owner's own account are left out: what they may do there is that account's affair. */
  private steps(by: string, on: string, frames: readonly Frame[]): readonly PathStep[] {
    const operation: OperationFrames = { operation: by, frames };
    const owner = frames[0]!.resource.accountId;
    return accessesOf(operation, this.prover)
      .filter(
        ({ who }) =>
          !(who.kind === "others-of-account" && who.accountId === owner) && who.kind !== "aws-service",
      )
      .map((access) => stepOf(access, by, on));
  }
}

/** Somebody's access as a step of a path. */
export function stepOf(
  access: Pick<PathStep, "who" | "under" | "witness" | "cannotTell">,
  by: string,
  on: string,
): PathStep {
  return {
    who: access.who,
    by,
    on,
    under: access.under,
    get witness() {
      return access.witness;
    },
    cannotTell: access.cannotTell,
  };
}
