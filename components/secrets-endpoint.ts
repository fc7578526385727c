import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { renderPolicy } from "../iam";
import { documentSizeProblems, endpointPolicy, Problem, refuse } from "./model";

export interface SecretsEndpointArgs {
  readonly region: string;
  readonly vpcId: string;
  /** A subnet of each availability zone that reads secrets. At least one. */
  readonly subnetIds: readonly string[];
  /**
   * Addresses that may reach the endpoint, such as `10.20.0.0/16`.
   *
   * @default members of the endpoint's own security group only
   */
  readonly clientCidr?: string;
  readonly organizationId: string;
  /** ARNs, or patterns of them, of the secrets that may be read through the endpoint. At least one. */
  readonly secretArns: readonly string[];
}

/**
 * Secrets Manager inside a workload's VPC: an interface endpoint under the service's usual name, reachable on port
 * 443 and for the granted secrets only.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
 */
export class SecretsEndpoint extends pulumi.ComponentResource {
  /** Id of the endpoint: the value of `aws:SourceVpce` of a request that came through it. */
  readonly endpointId: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  /** @throws ConfigurationError when AWS would refuse the arguments */
  constructor(name: string, args: SecretsEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`SecretsEndpoint ${name}`, problemsOf(args));
    super("strongroom:index:SecretsEndpoint", name, {}, opts);
    const child = { parent: this };

    const group = new ec2.SecurityGroup(name, groupInputs(args), child);
    const endpoint = new ec2.VpcEndpoint(name, endpointInputs(args, group), child);

    this.endpointId = endpoint.id;
    this.securityGroupId = group.id;
    this.registerOutputs({ endpointId: this.endpointId, securityGroupId: this.securityGroupId });
  }
}

function groupInputs({ region, vpcId, clientCidr }: SecretsEndpointArgs): ec2.SecurityGroupArgs {
  const from = clientCidr === undefined ? { self: true } : { cidrBlocks: [clientCidr] };
  return {
    description: "HTTPS to the endpoint of Secrets Manager",
    vpcId,
    ingress: [{ description: "HTTPS", protocol: "tcp", fromPort: 443, toPort: 443, ...from }],
    region,
  };
}

function endpointInputs(args: SecretsEndpointArgs, group: ec2.SecurityGroup): ec2.VpcEndpointArgs {
  return {
    vpcId: args.vpcId,
    serviceName: `com.amazonaws.${args.region}.secretsmanager`,
    vpcEndpointType: "Interface",
    subnetIds: [...args.subnetIds],
    securityGroupIds: [group.id],
    privateDnsEnabled: true,
    policy: renderPolicy(endpointPolicy(args)),
    region: args.region,
  };
}

function problemsOf(args: SecretsEndpointArgs): readonly Problem[] {
  const empty = (["subnetIds", "secretArns"] as const).filter((path) => args[path].length === 0);
  return [
    ...empty.map((path) => ({ path, expected: "at least one entry", got: "none" })),
    ...documentSizeProblems("endpoint", endpointPolicy(args), "secretArns"),
  ];
}
