import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { renderPolicy } from "../iam";
import {
  documentSizeProblems,
  isRoleName,
  Problem,
  readerPolicy,
  refuse,
  RegionalAccess,
  shown,
  Trust,
  trustPolicy,
} from "./model";

export interface SecretReaderArgs {
  /** Name of the role, with path, as the grants of the secrets name it. */
  readonly roleName: string;
  readonly description: string;
  /** Who may assume the role. */
  readonly trust: Trust;
  /** What it may read, by Region. At least one. */
  readonly access: readonly RegionalAccess[];
  /** ARN of the policy that bounds the role. @default none */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
}

/** A role of a workload's account that may read given secrets of the central account, and nothing else. */
export class SecretReader extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;

  /** @throws ConfigurationError when AWS would refuse the arguments */
  constructor(name: string, args: SecretReaderArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`SecretReader ${name}`, problemsOf(args));
    super("strongroom:index:SecretReader", name, {}, opts);
    const child = { parent: this };

    const role = new iam.Role(name, roleInputs(args), child);
    const policy = { name: "read-secrets", role: role.name, policy: renderPolicy(readerPolicy(args.access)) };
    new iam.RolePolicy(name, policy, child);

    this.roleArn = role.arn;
    this.roleName = role.name;
    this.registerOutputs({ roleArn: this.roleArn, roleName: this.roleName });
  }
}

function roleInputs(args: SecretReaderArgs): iam.RoleArgs {
  const slash = args.roleName.lastIndexOf("/");
  return {
    name: args.roleName.slice(slash + 1),
    path: `/${args.roleName.slice(0, slash + 1)}`,
    description: args.description,
    assumeRolePolicy: renderPolicy(trustPolicy(args.trust)),
    permissionsBoundary: args.permissionsBoundaryArn,
  };
}

function problemsOf({ roleName, trust, access }: SecretReaderArgs): readonly Problem[] {
  const trusted = [...(trust.services ?? []), ...(trust.principals ?? [])];
  const problems: Problem[] = [];
  if (!isRoleName(roleName))
    problems.push({ path: "roleName", expected: "a role's name, with path", got: shown(roleName) });
  if (trusted.length === 0)
    problems.push({ path: "trust", expected: "at least one service or principal", got: "none" });
  if (access.length === 0) problems.push({ path: "access", expected: "at least one Region", got: "none" });
  return [...problems, ...documentSizeProblems("identity", readerPolicy(access), "access")];
}
