import { Resource, types } from "../../../../policies/stack/resource";
import { rotationFunctionInVpc } from "../../../../policies/rules/functions/rotation-function-in-vpc";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownArray, unknownText } from "../../support/stack";

const fix = "Set vpcConfig with subnets of two availability zones from which the database can be reached.";
const outside = [
  violates("rotate", `Function "rotate" rotates a login and runs outside every network of yours. ${fix}`),
];
const few = (count: number, minimum: number) => [
  violates("rotate", `Function "rotate" runs in ${count} of at least ${minimum} subnets. ${fix}`),
];
const rotating = (subnetIds?: unknown, from?: Record<string, readonly Resource[]>): readonly Resource[] => {
  const props = { name: "rotate", ...(subnetIds === undefined ? {} : { vpcConfig: { subnetIds } }) };
  return [
    resource("function", "rotate", { props, ...(from === undefined ? {} : { from }) }),
    resource("secretRotation", "rotation", { props: { secretId: "s", rotationLambdaArn: "rotate" } }),
  ];
};
const database = (type: keyof typeof types, props = {}) => resource(type, "db", { props });
const closed = database("dbInstance");

testRule(rotationFunctionInVpc, [
  { name: "a stack without databases", stack: rotating(), says: [] },
  { name: "the same where every one is judged", stack: rotating(), config: { always: true }, says: outside },
  {
    name: "a database that is open",
    stack: [database("dbInstance", { publiclyAccessible: true }), ...rotating()],
    says: [],
  },
  {
    name: "one of which it is not known",
    stack: [database("dbInstance", { publiclyAccessible: unknownText }), ...rotating()],
    says: [],
  },
  ...(["dbInstance", "dbClusterInstance", "redshiftCluster", "redshiftWorkgroup"] as const).map((type) => ({
    name: `a closed ${type}`,
    stack: [database(type, { publiclyAccessible: false }), ...rotating()],
    says: outside,
  })),
  ...(["docdbCluster", "neptuneCluster"] as const).map((type) => ({
    name: `a ${type}, which is always inside`,
    stack: [database(type), ...rotating()],
    says: outside,
  })),
  { name: "closed by default", stack: [closed, ...rotating()], says: outside },
  {
    name: "an open one beside a closed one",
    stack: [database("dbInstance", { publiclyAccessible: true }), closed, ...rotating()],
    says: outside,
  },
  { name: "no function rotates", stack: [closed, resource("function", "other")], says: [] },
  { name: "an empty list", stack: [closed, ...rotating([])], says: outside },
  { name: "one subnet", stack: [closed, ...rotating(["subnet-1"])], says: few(1, 2) },
  { name: "one subnet twice", stack: [closed, ...rotating(["subnet-1", "subnet-1"])], says: few(1, 2) },
  { name: "two subnets", stack: [closed, ...rotating(["subnet-1", "subnet-2"])], says: [] },
  {
    name: "two of three",
    stack: [closed, ...rotating(["a", "b"])],
    config: { minimumSubnets: 3 },
    says: few(2, 3),
  },
  { name: "one is enough", stack: [closed, ...rotating(["a"])], config: { minimumSubnets: 1 }, says: [] },
  {
    name: "two subnets that are to be made",
    stack: [closed, ...rotating([unknownText, unknownText])],
    says: [],
  },
  {
    name: "a list that is not known",
    stack: [closed, ...rotating(unknownArray, { vpcConfig: [resource("subnet", "a")] })],
    says: [waits("rotate", 'the subnets of Function "rotate" are not known / the outputs of Subnet "a"')],
  },
]);
