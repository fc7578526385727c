import { ResourceType } from "../resource-type";
import { Properties, sameValue } from "../values";
import { cloudControlResource } from "./cloud-control-resource";
import { notMatching } from "./constraints";

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html */
export const securityGroup: ResourceType = cloudControlResource({
  token: "aws:ec2/securityGroup:SecurityGroup",
  typeName: "AWS::EC2::SecurityGroup",
  tagged: true,
  inputs: {
    description: { kind: "string", replaces: true, default: "Managed by Pulumi" },
    egress: { kind: "set", computed: true, same: sameRules },
    ingress: { kind: "set", computed: true, same: sameRules },
    name: { kind: "string", replaces: true, computed: true },
    namePrefix: { kind: "string", replaces: true },
    revokeRulesOnDelete: { kind: "boolean", default: false },
    vpcId: { kind: "string", replaces: true, computed: true },
  },
  members: { description: "GroupDescription", name: "GroupName", vpcId: "VpcId" },
  outputs: ["arn", "ownerId"],
  autoName: { property: "name", maxLength: 255 },
  check: (inputs) =>
    notMatching(inputs, "name", /^(?!sg-).{1,255}$/, 'does not begin with "sg-", at most 255'),
  desired: (inputs, id) => ({
    SecurityGroupIngress: inputs["ingress"]?.flatMap((rule: Properties) => rulesOf(rule, "Source", id)),
    SecurityGroupEgress: inputs["egress"]?.flatMap((rule: Properties) => rulesOf(rule, "Destination", id)),
  }),
  attributes: (actual, { id, region, accountId, partition }) => ({
    arn: `arn:${partition}:ec2:${region}:${accountId}:security-group/${id}`,
    ownerId: accountId,
    ...(actual["VpcId"] === undefined && { vpcId: "" }),
    ingress: ((actual["SecurityGroupIngress"] ?? []) as Properties[]).map((rule) =>
      ruleOf(rule, "Source", id),
    ),
    egress: ((actual["SecurityGroupEgress"] ?? []) as Properties[]).map((rule) =>
      ruleOf(rule, "Destination", id),
    ),
  }),
});

/** The provider's rule has lists of sources, AWS's has one source each. A group that is its own source needs its id. */
function rulesOf(rule: Properties, side: "Source" | "Destination", ownId: string | undefined): Properties[] {
  const base = {
    IpProtocol: rule["protocol"],
    FromPort: rule["fromPort"],
    ToPort: rule["toPort"],
    Description: rule["description"],
  };
  const each = (list: string[] | undefined, member: string): Properties[] =>
    (list ?? []).map((value) => ({ ...base, [member]: value }));
  return [
    ...each(rule["cidrBlocks"], "CidrIp"),
    ...each(rule["ipv6CidrBlocks"], "CidrIpv6"),
    ...each(rule["prefixListIds"], `${side}PrefixListId`),
    ...each(rule["securityGroups"], `${side}SecurityGroupId`),
    ...each(rule["self"] && ownId !== undefined ? [ownId] : [], `${side}SecurityGroupId`),
  ];
}

function ruleOf(rule: Properties, side: "Source" | "Destination", ownId: string): Properties {
  const group = `${side}SecurityGroupId`;
  const isSelf = rule[group] === ownId;
  const list = (member: string): unknown[] => (rule[member] === undefined ? [] : [rule[member]]);
  return {
    protocol: rule["IpProtocol"],
    fromPort: rule["FromPort"] ?? 0,
    toPort: rule["ToPort"] ?? 0,
    description: rule["Description"] ?? "",
    cidrBlocks: list("CidrIp"),
    ipv6CidrBlocks: list("CidrIpv6"),
    prefixListIds: list(`${side}PrefixListId`),
    securityGroups: isSelf ? [] : list(group),
    self: isSelf,
  };
}

function sameRules(a: readonly Properties[], b: readonly Properties[]): boolean {
  const flat = (rules: readonly Properties[]): string[] =>
    rules
      .flatMap((rule) =>
        rulesOf({ ...rule, description: rule["description"] || undefined }, "Source", "self"),
      )
      .map((rule) => JSON.stringify(rule))
      .sort();
  return sameValue(flat(a), flat(b));
}
