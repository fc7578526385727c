import { strict as assert } from "assert";
import { SecretsEndpoint } from "../../components";
import { endpointPolicy } from "../../components/model";
import { renderPolicy } from "../../iam";
import { Created, inputsOf, recordResources, settled, valueOf } from "../support/pulumi-mocks";

const secretArns = ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-??????"];
const args = {
  region: "eu-west-1",
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  organizationId: "o-strongroom",
  secretArns,
};

describe("SecretsEndpoint", () => {
  let created: Created[];
  beforeEach(() => (created = recordResources()));

  it("makes an interface endpoint under the service's own name, for the granted secrets only", async () => {
    const endpoint = new SecretsEndpoint("orders", { ...args, clientCidr: "10.20.0.0/16" });
    assert.equal(await valueOf(endpoint.endpointId), "arn:mock:orders");
    await settled();
    assert.deepEqual(inputsOf(created, "aws:ec2/vpcEndpoint:VpcEndpoint"), {
      orders: {
        vpcId: "vpc-1",
        serviceName: "com.amazonaws.eu-west-1.secretsmanager",
        vpcEndpointType: "Interface",
        subnetIds: ["subnet-1", "subnet-2"],
        securityGroupIds: ["arn:mock:orders"],
        privateDnsEnabled: true,
        policy: renderPolicy(endpointPolicy({ organizationId: "o-strongroom", secretArns })),
        region: "eu-west-1",
      },
    });
    const rule = { description: "HTTPS", protocol: "tcp", fromPort: 443, toPort: 443 };
    assert.deepEqual(inputsOf(created, "aws:ec2/securityGroup:SecurityGroup"), {
      orders: {
        description: "HTTPS to the endpoint of Secrets Manager",
        vpcId: "vpc-1",
        ingress: [{ ...rule, cidrBlocks: ["10.20.0.0/16"] }],
        region: "eu-west-1",
      },
    });
    assert.equal(created.length, 3);
  });

  it("lets only members of its own security group in unless told from where", async () => {
    new SecretsEndpoint("orders", args);
    await settled();
    const [rule] = inputsOf(created, "aws:ec2/securityGroup:SecurityGroup").orders.ingress;
    assert.deepEqual(rule, { description: "HTTPS", protocol: "tcp", fromPort: 443, toPort: 443, self: true });
  });

  it("refuses to open for no secret, or in no subnet", () => {
    assert.throws(
      () => new SecretsEndpoint("orders", { ...args, subnetIds: [], secretArns: [] }),
      /2 problems\n  subnetIds: expected at least one entry, got none\n  secretArns: expected/,
    );
    assert.deepEqual(created, []);
  });
});
