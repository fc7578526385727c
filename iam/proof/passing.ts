import { Frame } from "./frame";
import { madeResources } from "./made-resources";
import { PassedRole, PASSED_ROLES } from "./passed-roles";
import { plainFrame } from "./plain-frame";
import { regionsOf } from "./regions";
import { textDomain } from "./key-domain";
import { Prover } from "./prover";
import { serviceSubject } from "./class-subjects";
import { NamedPrincipal } from "./world";

/** Something the caller has to be allowed all of, to act as a principal. */
export interface Way {
  /** Such as `iam:PassRole and lambda:CreateFunction`. */
  readonly by: string;
  readonly frames: readonly Frame[];
}

/** Requests that pass a role to a service which then runs what the caller wrote. */
export class Passing {
  private readonly made = new Map<string, readonly string[]>();

  private readonly regions: readonly string[];

  constructor(private readonly prover: Prover) {
    this.regions = regionsOf(prover.index.world);
  }

  /**
   * One way for each service that the role's trust policy lets in, for each Region, and for each name that what is
   * made may have.
   */
  of(role: NamedPrincipal): readonly Way[] {
    const services = new Set(PASSED_ROLES.map(({ service }) => service));
    const trusted = new Set([...services].filter((service) => this.isFor(role, service)));
    return PASSED_ROLES.filter(({ service }) => trusted.has(service)).flatMap((way) =>
      this.regions.flatMap((region) => this.waysOf(role, way, region)),
    );
  }

  /** On behalf of the role's own account, whatever it is that is made. */
  private isFor({ arn, accountId, trust }: NamedPrincipal, service: string): boolean {
    if (trust === undefined || !this.prover.admits(trust, "sts:assumerole", service)) return false;
    const target = { arn, accountId, policy: trust, fixed: { "aws:sourceaccount": accountId } };
    const frames = [plainFrame("sts:AssumeRole", target, this.prover.index)];
    const solution = this.prover.solution({ operation: "AssumeRole", frames }, serviceSubject(service));
    return solution.under.length > 0;
  }

  private waysOf(
    { arn, accountId }: NamedPrincipal,
    { service, needs }: PassedRole,
    region: string,
  ): readonly Way[] {
    const { index } = this.prover;
    const passed = plainFrame(
      "iam:PassRole",
      {
        arn,
        accountId,
        fixed: { "iam:passedtoservice": service },
        free: [textDomain("iam:associatedresourcearn")],
      },
      index,
    );
    const choices = needs.map(([action, kind]) => this.choices(action, kind, `${region}:${accountId}`));
    const count = Math.max(...choices.map((list) => list.length));
    const by = ["iam:PassRole", ...new Set(needs.map(([action]) => action))].join(" and ");
    return Array.from({ length: count }, (_, at) => ({
      by,
      frames: [
        passed,
        ...needs.map(([action], need) => {
          const made = choices[need]![Math.min(at, choices[need]!.length - 1)]!;
          return plainFrame(
            action,
            { arn: made, accountId, region, fixed: ownKeys(action, arn, made) },
            index,
          );
        }),
      ],
    }));
  }

  private choices(action: string, kind: string, place: string): readonly string[] {
    const [service = ""] = action.split(":");
    const at = kind === "image/" ? `${place.split(":")[0]}:` : place;
    const start = kind === "*" ? "*" : `arn:aws:${service}:${at}:${kind}`;
    const key = `${action} ${start}`;
    let known = this.made.get(key);
    if (known === undefined) {
      known = madeResources(start, action, this.prover.index.world.principals);
      this.made.set(key, known);
    }
    return known;
  }
}

function ownKeys(action: string, role: string, made: string): Readonly<Record<string, string>> {
  if (action.startsWith("lambda:")) return { "lambda:functionarn": made };
  return action === "cloudformation:CreateStack" ? { "cloudformation:rolearn": role } : {};
}
