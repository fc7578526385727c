import { strict as assert } from "assert";
import { buildGraph } from "../../policies/stack/graph";
import { Organization } from "../../policies/organization";
import { Resource, types } from "../../policies/stack/resource";
import { isAbout, Rule } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { withDefaults } from "../../policies/setting";
import { deploy } from "../../stacks/deploy";
import { Environment } from "../../stacks/environment";
import { standInFiles } from "../support/deployment-files";
import { Created, recordResources, settled } from "../support/pulumi-mocks";
import { localEnvironment } from "../support/local-environment";

const centralId = "111111111111";
const organization: Organization = {
  id: "o-strongroom",
  accounts: [centralId, "222222222222", "333333333333"],
  regions: ["eu-west-1", "eu-central-1"],
};

/** The outputs by which other resources refer to one, as the mocks choose them. */
function outputsOf({ type, name, inputs }: Created): object {
  const region = inputs["region"];
  switch (type) {
    case types.key:
    case types.replicaKey:
      return { keyId: "mrk-1", arn: `arn:aws:kms:${region}:${centralId}:key/mrk-1` };
    case types.secret:
      return { arn: `arn:aws:secretsmanager:eu-west-1:${centralId}:secret:${inputs["name"]}-AbCdEf` };
    case types.function:
      return { arn: `arn:mock:${name}` };
    case types.securityGroup:
      return { id: `arn:mock:${name}` };
    default:
      return {};
  }
}

/** Mocks do not see which provider makes a resource; what is made for a workload has its name in front. */
function accountOf(name: string): string {
  const { workloads } = localEnvironment();
  return workloads.find((workload) => name.startsWith(`${workload.name}-`))?.accountId ?? centralId;
}

function asResource(created: Created): Resource {
  const { type, name, inputs } = created;
  const roleArn = `arn:aws:iam::${accountOf(name)}:role/strongroom-deploy`;
  const assumeRoles = JSON.stringify([{ roleArn }]);
  return {
    type,
    name,
    urn: `urn:pulumi:local::strongroom::${type}::${name}`,
    props: { ...inputs, ...outputsOf(created) },
    opts: { protect: true },
    provider: { props: { region: "eu-west-1", assumeRoles } },
    propertyDependencies: {},
  };
}

async function findings(environment: Environment): Promise<readonly string[]> {
  const created = recordResources();
  deploy(environment, standInFiles);
  await settled();
  const resources = created.map(asResource);
  const graph = buildGraph(resources);
  assert.equal(graph.secrets.length, environment.secrets.length);
  return rules.flatMap((rule: Rule) => {
    const config = withDefaults(rule.settings, {});
    const found =
      rule.kind === "graph"
        ? rule.check(graph, config, organization)
        : resources.filter(({ type }) => isAbout(rule, type)).flatMap((one) => rule.check(one, config));
    return found.map((one) => `${rule.code} ${one.kind} ${one.resource.name}`);
  });
}

describe("components obey the pack", function () {
  this.timeout(30_000);

  it("the environment that `npm start` deploys has no finding at all, and nothing undecided", async () => {
    assert.deepEqual(await findings(localEnvironment()), []);
  });

  it("a grant to an account of another organisation is found", async () => {
    const environment = localEnvironment();
    const [first, ...others] = environment.secrets;
    const grant = { workload: "orders", accountId: "444444444444", roleNames: ["spy"], vpcIds: ["vpc-1"] };
    const changed = { ...first!, grants: [...first!.grants, grant] };
    assert.deepEqual(await findings({ ...environment, secrets: [changed, ...others] }), [
      `SM-10 violation ${first!.name}`,
    ]);
  });

  it("a replica in a Region that is not allowed is found", async () => {
    const environment = localEnvironment();
    const regions = { ...environment.regions, replicas: ["us-east-1"] };
    assert.deepEqual(await findings({ ...environment, regions }), [
      ...environment.secrets.map(({ name }) => `SM-13 violation ${name}`),
      "KMS-06 violation secrets-us-east-1",
    ]);
  });
});
