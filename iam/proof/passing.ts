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

/** The ARN of what is made, by the beginning that ARNs of its kind have. */
type Naming = ReadonlyMap<string, string>;

/** Requests that pass a role to a service which then runs what the caller wrote. */
export class Passing {
  private readonly known = new Map<string, readonly Naming[]>();
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
    const by = ["iam:PassRole", ...new Set(needs.map(([action]) => action))].join(" and ");
    return this.namings(needs, region, accountId).map((naming) => ({
      by,
      frames: [
        passed,
        ...needs.map((need) => {
          const [action] = need;
          const made = naming.get(startOf(need, region, accountId))!;
          return plainFrame(
            action,
            { arn: made, accountId, region, fixed: ownKeys(action, arn, made) },
            index,
          );
        }),
      ],
    }));
  }

  /** Every way in which one caller of the account could name the things that are made: of each kind, one name. */
  private namings(needs: PassedRole["needs"], region: string, accountId: string): readonly Naming[] {
    const key = JSON.stringify([needs, region, accountId]);
    let known = this.known.get(key);
    if (known === undefined) {
      const actions = new Map<string, string[]>();
      for (const need of needs) {
        const start = startOf(need, region, accountId);
        actions.set(start, [...(actions.get(start) ?? []), need[0]]);
      }
      const all = this.prover.index
        .callersDocuments(accountId)
        .flatMap((documents) =>
          combinations(
            [...actions].map(([start, about]) =>
              madeResources(start, about, documents).map((arn) => [start, arn] as const),
            ),
          ),
        );
      const byText = new Map(all.map((pairs) => [JSON.stringify(pairs), new Map(pairs)]));
      this.known.set(key, (known = [...byText.values()]));
    }
    return known;
  }
}

function startOf([action, kind]: PassedRole["needs"][number], region: string, accountId: string): string {
  const [service] = action.split(":");
  const account = kind === "image/" ? "" : accountId;
  return kind === "*" ? "*" : `arn:aws:${service}:${region}:${account}:${kind}`;
}

function combinations<Item>(lists: readonly (readonly Item[])[]): readonly (readonly Item[])[] {
  return lists.reduce<readonly (readonly Item[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
}

function ownKeys(action: string, role: string, made: string): Readonly<Record<string, string>> {
  if (action.startsWith("lambda:")) return { "lambda:functionarn": made };
  return action === "cloudformation:CreateStack" ? { "cloudformation:rolearn": role } : {};
}
