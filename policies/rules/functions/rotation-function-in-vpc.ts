import { undecided, violation } from "../../findings";
import { Graph } from "../../stack/graph";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { rotationFunctions } from "../../facts/rotation/rotation-functions";
import { Finding, graphRule } from "../../rule";
import { indexesOf, orDefault, readArray, readBoolean, readString } from "../../stack/tri-state";

const remediation =
  "Set vpcConfig with subnets of two availability zones from which the database can be reached";

/** Databases of the stack that a network can hide. */
const databases = [types.dbInstance, types.dbClusterInstance, types.redshiftCluster, types.redshiftWorkgroup];
/** Databases that are always inside a network. */
const inner = [types.docdbCluster, types.neptuneCluster];

/** LAM-03. */
export const rotationFunctionInVpc = graphRule({
  id: "rotation-function-in-vpc",
  code: "LAM-03",
  title: "Functions that rotate the login of a private database run in its network, in two zones",
  severity: "medium",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "1.3.1" }],
  mapsTo: {
    checkov: ["CKV_AWS_117"],
    cfnNag: ["W89"],
    securityHub: ["Lambda.3", "Lambda.5"],
    awsConfig: ["lambda-inside-vpc", "lambda-vpc-multi-az-check"],
    prowler: ["awslambda_function_inside_vpc", "awslambda_function_vpc_multi_az"],
  },
  remediation,
  settings: {
    always: {
      type: "boolean",
      default: false,
      description:
        "Judge every rotation function. By default only in stacks that hold a private database: what else a function " +
        "rotates may be reached through the internet only.",
    },
    minimumSubnets: {
      type: "integer",
      minimum: 1,
      maximum: 16,
      default: 2,
      description: "Fewest subnets, each in a zone of its own.",
    },
  },
  check: (graph, config) => {
    if (!config.always && !hasPrivateDatabase(graph)) return [];
    return [...rotationFunctions(graph)].flatMap((fn) => checkFunction(fn, config.minimumSubnets));
  },
});

function hasPrivateDatabase(graph: Graph): boolean {
  if (graph.of(...inner).length > 0) return true;
  return graph.of(...databases).some((database) => {
    const open = orDefault(input(database, readBoolean, "publiclyAccessible"), false);
    return open.state === "known" && !open.value;
  });
}

function checkFunction(fn: Resource, minimum: number): readonly Finding[] {
  const where = label(fn);
  const subnets = input(fn, readArray, "vpcConfig", "subnetIds");
  if (subnets.state === "unknown") {
    return [undecided(fn, `the subnets of ${where} are not known`, deciders(fn, "vpcConfig"))];
  }
  const ids = indexesOf(subnets).map((index) => subnetAt(fn, index));
  const distinct = new Set(ids).size;
  if (distinct >= minimum) return [];
  const fact =
    distinct === 0
      ? `${where} rotates a login and runs outside every network of yours`
      : `${where} runs in ${distinct} of at least ${minimum} subnets`;
  return [violation(fn, fact, remediation)];
}

/** Subnets that are not known yet are taken for different ones. */
function subnetAt(fn: Resource, index: number): string {
  const id = input(fn, readString, "vpcConfig", "subnetIds", index);
  return id.state === "known" ? id.value : `unknown ${index}`;
}
