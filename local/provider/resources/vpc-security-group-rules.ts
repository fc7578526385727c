import { InputProblem, Property, ResourceType } from "../resource-type";
import { Properties } from "../values";
import { cloudControlResource } from "./cloud-control-resource";

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html */
export const securityGroupIngressRule: ResourceType = ruleType("Ingress", "Source");

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupegress.html */
export const securityGroupEgressRule: ResourceType = ruleType("Egress", "Destination");

const SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

/** The provider changes a rule in place; Cloud Control makes a new one, so that every change replaces here. */
function ruleType(direction: "Ingress" | "Egress", side: "Source" | "Destination"): ResourceType {
  const text: Property = { kind: "string", replaces: true };
  const port: Property = { kind: "number", replaces: true };
  return cloudControlResource({
    token: `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`,
    typeName: `AWS::EC2::SecurityGroup${direction}`,
    inputs: {
      cidrIpv4: text,
      cidrIpv6: text,
      description: text,
      fromPort: port,
      ipProtocol: { kind: "string", required: true, replaces: true },
      prefixListId: text,
      referencedSecurityGroupId: text,
      securityGroupId: { kind: "string", required: true, replaces: true },
      tags: { kind: "map" },
      tagsAll: { kind: "map", computed: true },
      toPort: port,
    },
    members: {
      cidrIpv4: "CidrIp",
      cidrIpv6: "CidrIpv6",
      description: "Description",
      fromPort: "FromPort",
      ipProtocol: "IpProtocol",
      prefixListId: `${side}PrefixListId`,
      referencedSecurityGroupId: `${side}SecurityGroupId`,
      securityGroupId: "GroupId",
      toPort: "ToPort",
    },
    outputs: ["arn", "securityGroupRuleId"],
    check: checkSources,
    attributes: (_actual, { id, region, accountId, partition }) => ({
      arn: `arn:${partition}:ec2:${region}:${accountId}:security-group-rule/${id}`,
      securityGroupRuleId: id,
    }),
  });
}

function checkSources(inputs: Properties): readonly InputProblem[] {
  return SOURCES.filter((name) => inputs[name] !== undefined).length > 1
    ? [{ property: "cidrIpv4", reason: `exactly one of ${SOURCES.join(", ")} must be given` }]
    : [];
}
