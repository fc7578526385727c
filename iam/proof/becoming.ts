import { accessOf } from "./accesses";
import { CannotTell, PathStep } from "./answer";
import { actionFor, federatedSubject, providersIn } from "./federation";
import { creationsIn } from "./creations";
import { Frame } from "./frame";
import { KeyDomain, textDomain } from "./key-domain";
import { Passing, Way } from "./passing";
import { onceEach, stepOf } from "./path-step";
import { plainFrame, tagKeys } from "./plain-frame";
import { accessesOf } from "./prove-operation";
import { Prover } from "./prover";
import { Widenable, Widened } from "./widenable";
import { wideningsOf } from "./widenings";
import { LambdaFunction, NamedPrincipal } from "./world";

const SESSION: readonly KeyDomain[] = [
  textDomain("sts:rolesessionname", { mayBeAbsent: false }),
  textDomain("sts:externalid"),
  textDomain("sts:durationseconds", { universe: "900", values: ["900"] }),
];
const LAYER = textDomain("lambda:layer", {
  universe: "arn:aws:lambda:?*:layer:?*",
  hasManyValues: true,
  mayBeAbsent: false,
});

/** The ways to act as a principal, and to give it permissions. Each is worked out once. */
export class Becoming {
  private readonly toBe = new Map<string, readonly PathStep[]>();
  private readonly toWiden = new Map<string, readonly Widenable[]>();
  private readonly toCreate = new Map<string, readonly Widenable[]>();
  private readonly assumedWithSteps = new Map<string, readonly NamedPrincipal[]>();
  private readonly functionsByRole = new Map<string, LambdaFunction[]>();
  private readonly passing: Passing;

  /** @param withOwnAffairs whether assumed principals count in their own account */
  constructor(
    private readonly prover: Prover,
    private readonly withOwnAffairs: boolean,
  ) {
    this.passing = new Passing(prover);
    for (const one of prover.index.world.functions) {
      const list = this.functionsByRole.get(one.roleArn);
      if (list === undefined) this.functionsByRole.set(one.roleArn, [one]);
      else list.push(one);
    }
  }

  /** Steps after which their `who` acts as the principal. */
  of(principal: NamedPrincipal): readonly PathStep[] {
    let known = this.toBe.get(principal.arn);
    if (known === undefined) {
      known = onceEach([
        ...this.waysToBe(principal).flatMap((way) => this.steps(way, principal.arn)),
        ...this.federations(principal),
      ]);
      this.toBe.set(principal.arn, known);
    }
    return known;
  }

  /** Principals of the account that somebody can give other permissions. */
  widenable(accountId: string): readonly Widenable[] {
    let known = this.toWiden.get(accountId);
    if (known === undefined) {
      // Those whose policies allow everything have nothing to gain.
      const principals = this.prover.index.principalsOf(accountId).filter(({ assumed }) => assumed !== true);
      known = principals
        .map((principal) => ({ principal, widenings: this.widenings(principal) }))
        .filter(({ widenings }) => widenings.length > 0);
      this.toWiden.set(accountId, known);
    }
    return known;
  }

  /** Principals that somebody can make in the account, with any permissions. */
  creatable(accountId: string): readonly Widenable[] {
    let known = this.toCreate.get(accountId);
    if (known === undefined) {
      known = creationsIn(accountId, this.prover)
        .map(({ made, ways }) => ({
          changed: made,
          steps: onceEach(ways.flatMap((way) => this.steps(way, made.arn))),
        }))
        .filter(({ steps }) => steps.length > 0)
        .map((widening) => ({ principal: widening.changed, widenings: [widening] }));
      this.toCreate.set(accountId, known);
    }
    return known;
  }

  /** Assumed principals of the account that somebody else can become. */
  leadingOn(accountId: string): readonly NamedPrincipal[] {
    let known = this.assumedWithSteps.get(accountId);
    if (known === undefined) {
      known = this.prover.index
        .principalsOf(accountId)
        .filter((principal) => principal.assumed === true && this.of(principal).length > 0);
      this.assumedWithSteps.set(accountId, known);
    }
    return known;
  }

  private widenings(principal: NamedPrincipal): readonly Widened[] {
    return wideningsOf(principal, this.prover)
      .map(({ changed, ways }) => ({
        changed,
        steps: onceEach(ways.flatMap((way) => this.steps(way, way.on, way.cannotTell))),
      }))
      .filter(({ steps }) => steps.length > 0);
  }

  private waysToBe(principal: NamedPrincipal): readonly Way[] {
    if (principal.kind === "user") {
      return ["CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile"].map((action) =>
        this.iam(action, principal),
      );
    }
    return [
      this.assumeRole(principal),
      this.iam("UpdateAssumeRolePolicy", principal),
      ...(this.functionsByRole.get(principal.arn) ?? []).flatMap((one) => [
        this.onFunction("UpdateFunctionCode", one),
        this.onFunction("UpdateFunctionConfiguration", one, [LAYER]),
      ]),
      ...this.passing.of(principal),
    ];
  }

  private assumeRole(role: NamedPrincipal): Way {
    return { by: "sts:AssumeRole", frames: [this.askForSession("sts:AssumeRole", role)] };
  }

  /** A request for a session of the role, which its trust policy judges. */
  private askForSession(action: string, { arn, accountId, trust, tags }: NamedPrincipal): Frame {
    const target = {
      arn,
      accountId,
      fixed: tagKeys("iam", tags),
      free: SESSION,
      ...(trust && { policy: trust }),
    };
    return plainFrame(action, target, this.prover.index);
  }

  /** By what an identity provider says of somebody, who needs nothing else. */
  private federations(role: NamedPrincipal): readonly PathStep[] {
    return providersIn(role.trust).flatMap((provider) => {
      const action = `sts:${actionFor(provider)}`;
      const operation = { operation: action, frames: [this.askForSession(action, role)] };
      const subject = federatedSubject(provider);
      const solved = [{ subject, solution: this.prover.solution(operation, subject) }];
      const access = accessOf(operation, solved, this.prover.since);
      return access === undefined ? [] : [stepOf(access, action, role.arn)];
    });
  }

  private iam(action: string, { arn, accountId, tags }: NamedPrincipal): Way {
    const target = { arn, accountId, fixed: tagKeys("iam", tags) };
    return { by: `iam:${action}`, frames: [plainFrame(`iam:${action}`, target, this.prover.index)] };
  }

  /** Its code, or a layer of the caller's that is loaded before the code. */
  private onFunction(
    action: string,
    { arn, accountId, policy }: LambdaFunction,
    free: readonly KeyDomain[] = [],
  ): Way {
    const region = arn.split(":")[3] ?? "";
    const target = {
      arn,
      accountId,
      region,
      fixed: { "lambda:functionarn": arn },
      free,
      ...(policy && { policy }),
    };
    return {
      by: `lambda:${action} on ${arn}`,
      frames: [plainFrame(`lambda:${action}`, target, this.prover.index)],
    };
  }

  /** Strangers of the owner's own account are left out: what they may do there is that account's affair. */
  private steps({ by, frames }: Way, on: string, open: readonly CannotTell[] = []): readonly PathStep[] {
    const owner = frames[0]!.resource.accountId;
    return accessesOf({ operation: by, frames }, this.prover, {
      isAsked: ({ assumed, accountId }) => this.withOwnAffairs || assumed !== true || accountId !== owner,
      isClassAsked: (who) =>
        who.kind !== "aws-service" && !(who.kind === "others-of-account" && who.accountId === owner),
    }).map((access) => stepOf(access, by, on, open));
  }
}
