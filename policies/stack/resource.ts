import { absent, Tri } from "./tri-state";

/** Where a value stands in the properties of a resource. */
export type Path = readonly (string | number)[];

/**
 * A resource as the rules see it, the same for a resource policy (inputs) and a stack policy (outputs). Structurally
 * a `PolicyResource` of `@pulumi/policy`; the parts that a resource policy lacks are optional.
 */
export interface Resource {
  /** Such as `aws:secretsmanager/secret:Secret`. */
  readonly type: string;
  /** Read with the functions of `tri-state`: touching an unknown member throws. */
  readonly props: Readonly<Record<string, unknown>>;
  /**
   * What the program gave, where a resource policy has seen it in this run. A preview often knows less of a property
   * as an output: of a list with one unknown part nothing at all.
   */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /**
   * Paths of the inputs that Pulumi keeps as secrets: of a value, or of everything under it. Absent where the engine
   * did not say.
   */
  readonly secretPaths?: readonly Path[];
  readonly urn: string;
  readonly name: string;
  readonly opts: { readonly protect: boolean };
  readonly provider?: { readonly urn?: string; readonly props: Readonly<Record<string, unknown>> };
  readonly dependencies?: readonly Resource[];
  readonly propertyDependencies?: Readonly<Record<string, readonly Resource[]>>;
}

/** Type tokens of the resources the rules look at; `@pulumi/aws` itself is not loaded, which keeps the start fast. */
export const types = {
  secret: "aws:secretsmanager/secret:Secret",
  secretPolicy: "aws:secretsmanager/secretPolicy:SecretPolicy",
  secretRotation: "aws:secretsmanager/secretRotation:SecretRotation",
  secretVersion: "aws:secretsmanager/secretVersion:SecretVersion",
  key: "aws:kms/key:Key",
  externalKey: "aws:kms/externalKey:ExternalKey",
  replicaKey: "aws:kms/replicaKey:ReplicaKey",
  keyPolicy: "aws:kms/keyPolicy:KeyPolicy",
  alias: "aws:kms/alias:Alias",
  function: "aws:lambda/function:Function",
  permission: "aws:lambda/permission:Permission",
  functionUrl: "aws:lambda/functionUrl:FunctionUrl",
  role: "aws:iam/role:Role",
  grant: "aws:kms/grant:Grant",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  rolePolicyAttachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  policy: "aws:iam/policy:Policy",
  policyAttachment: "aws:iam/policyAttachment:PolicyAttachment",
  user: "aws:iam/user:User",
  userPolicy: "aws:iam/userPolicy:UserPolicy",
  userPolicyAttachment: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  userGroupMembership: "aws:iam/userGroupMembership:UserGroupMembership",
  group: "aws:iam/group:Group",
  groupMembership: "aws:iam/groupMembership:GroupMembership",
  groupPolicy: "aws:iam/groupPolicy:GroupPolicy",
  groupPolicyAttachment: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  rolePolicyAttachmentsExclusive: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  userPolicyAttachmentsExclusive: "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
  groupPolicyAttachmentsExclusive: "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
  vpcEndpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
  vpcEndpointPolicy: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  organizationsPolicy: "aws:organizations/policy:Policy",
  organizationsPolicyAttachment: "aws:organizations/policyAttachment:PolicyAttachment",
  randomPassword: "random:index/randomPassword:RandomPassword",
  randomString: "random:index/randomString:RandomString",
  accessKey: "aws:iam/accessKey:AccessKey",
  eventSourceMapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
  invokeConfig: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  vpc: "aws:ec2/vpc:Vpc",
  subnet: "aws:ec2/subnet:Subnet",
  vpcEndpointSubnetAssociation: "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  securityGroupRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
  securityGroupIngressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  dbInstance: "aws:rds/instance:Instance",
  dbCluster: "aws:rds/cluster:Cluster",
  dbClusterInstance: "aws:rds/clusterInstance:ClusterInstance",
  dbParameterGroup: "aws:rds/parameterGroup:ParameterGroup",
  dbClusterParameterGroup: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  redshiftCluster: "aws:redshift/cluster:Cluster",
  redshiftParameterGroup: "aws:redshift/parameterGroup:ParameterGroup",
  redshiftNamespace: "aws:redshiftserverless/namespace:Namespace",
  redshiftWorkgroup: "aws:redshiftserverless/workgroup:Workgroup",
  docdbCluster: "aws:docdb/cluster:Cluster",
  docdbParameterGroup: "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
  neptuneCluster: "aws:neptune/cluster:Cluster",
  trail: "aws:cloudtrail/trail:Trail",
  metricFilter: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  metricAlarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  eventRule: "aws:cloudwatch/eventRule:EventRule",
  eventTarget: "aws:cloudwatch/eventTarget:EventTarget",
  taskDefinition: "aws:ecs/taskDefinition:TaskDefinition",
  buildProject: "aws:codebuild/project:Project",
  instance: "aws:ec2/instance:Instance",
  launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  launchConfiguration: "aws:ec2/launchConfiguration:LaunchConfiguration",
  parameter: "aws:ssm/parameter:Parameter",
  document: "aws:ssm/document:Document",
  route: "aws:ec2/route:Route",
  routeTable: "aws:ec2/routeTable:RouteTable",
  routeTableAssociation: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  securityGroupEgressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  stack: "pulumi:pulumi:Stack",
} as const;

/** `secret "orders-database"`: how messages name a resource. */
export function label(resource: Resource): string {
  const kind = resource.type.slice(resource.type.lastIndexOf(":") + 1);
  return `${kind} "${resource.name}"`;
}

/** What decides an unknown property: the resources it is computed from, in words. */
export function deciders(resource: Resource, property: string): string {
  const sources = (resource.propertyDependencies?.[property] ?? []).map(label);
  return sources.length === 0 ? `the value of \`${property}\`` : `the outputs of ${sources.join(", ")}`;
}

/**
 * A property the program may set, by one of the readers of `tri-state`. A stack policy sees outputs, where one that the
 * program leaves to the provider is unknown in a preview: it counts as absent, for the program did not set it.
 */
export function input<T>(
  resource: Resource,
  reader: (props: unknown, ...path: readonly (string | number)[]) => Tri<T>,
  property: string,
  ...path: readonly (string | number)[]
): Tri<T> {
  const value = reader(resource.props, property, ...path);
  if (value.state !== "unknown" || value.redacted === true) return value;
  if (resource.inputs !== undefined) return reader(resource.inputs, property, ...path);
  const left = resource.propertyDependencies !== undefined && !(property in resource.propertyDependencies);
  return left ? absent : value;
}
