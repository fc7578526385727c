import { strict as assert } from "assert";
import { IAM } from "@aws-sdk/client-iam";
import { Organizations } from "@aws-sdk/client-organizations";
import { failureOf } from "../../../support/failure";
import {
  MANAGEMENT,
  ORDERS,
  ORGANISATION,
  SECRETS,
  startCloud,
  TestCloud,
} from "../../../support/local-cloud";

const denyRoles = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "iam:ListRoles", Resource: "*" }],
});

describe("organizations", () => {
  let cloud: TestCloud;
  let organizations: Organizations;

  beforeEach(async () => {
    cloud = await startCloud();
    organizations = new Organizations(cloud.clientConfig(MANAGEMENT));
  });

  afterEach(() => cloud.close());

  const listRoles = (account: string) => new IAM(cloud.clientConfig(account)).listRoles({});
  const newPolicy = async (content = denyRoles) => {
    const { Policy } = await organizations.createPolicy({
      Name: "no-roles",
      Type: "SERVICE_CONTROL_POLICY",
      Description: "",
      Content: content,
    });
    return Policy!.PolicySummary!.Id!;
  };

  it("describes the organisation to its members", async () => {
    const { Organization: home } = await new Organizations(cloud.clientConfig(ORDERS)).describeOrganization(
      {},
    );
    assert.deepEqual(home, {
      Id: "o-strongroom",
      Arn: `arn:aws:organizations::${MANAGEMENT}:organization/o-strongroom`,
      FeatureSet: "ALL",
      MasterAccountArn: `arn:aws:organizations::${MANAGEMENT}:account/o-strongroom/${MANAGEMENT}`,
      MasterAccountId: MANAGEMENT,
      MasterAccountEmail: "management@o-strongroom.example",
      AvailablePolicyTypes: [
        { Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" },
        { Type: "RESOURCE_CONTROL_POLICY", Status: "ENABLED" },
      ],
    });
  });

  it("lists the accounts to the management account alone", async () => {
    const { Accounts } = await organizations.listAccounts({});
    assert.deepEqual(
      Accounts!.map(({ Id, Name, Status }) => [Id, Name, Status]),
      ORGANISATION.accounts.map(({ id, name }) => [id, name, "ACTIVE"]),
    );
    const member = new Organizations(cloud.clientConfig(ORDERS));
    assert.deepEqual(await failureOf(member.listAccounts({})), [
      400,
      "AccessDeniedException",
      "You don't have permissions to access this resource.",
    ]);
  });

  it("binds members by a policy at the root, never the management account", async () => {
    const PolicyId = await newPolicy();
    const TargetId = (await organizations.listRoots({})).Roots![0]!.Id!;
    await organizations.attachPolicy({ PolicyId, TargetId });
    assert.deepEqual(await failureOf(listRoles(ORDERS)), [
      403,
      "AccessDenied",
      `User: arn:aws:iam::${ORDERS}:user/administrator is not authorized to perform: iam:ListRoles on resource: * with an explicit deny in a service control policy`,
    ]);
    await listRoles(MANAGEMENT);
    await organizations.detachPolicy({ PolicyId, TargetId });
    await listRoles(ORDERS);
  });

  it("binds one account by a policy on it", async () => {
    const PolicyId = await newPolicy();
    await organizations.attachPolicy({ PolicyId, TargetId: ORDERS });
    assert.equal((await failureOf(listRoles(ORDERS)))[1], "AccessDenied");
    await listRoles(SECRETS);
    assert.deepEqual((await organizations.listTargetsForPolicy({ PolicyId })).Targets, [
      { TargetId: ORDERS, Name: "orders", Type: "ACCOUNT" },
    ]);
  });

  it("needs an allowing policy at every level", async () => {
    const allow = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }],
    });
    const PolicyId = await newPolicy(allow);
    await organizations.attachPolicy({ PolicyId, TargetId: ORDERS });
    await listRoles(ORDERS);
    await organizations.detachPolicy({ PolicyId: "p-FullAWSAccess", TargetId: ORDERS });
    assert.match((await failureOf(listRoles(ORDERS)))[2], /because no service control policy allows/);
    const last = organizations.detachPolicy({ PolicyId, TargetId: ORDERS });
    assert.equal((await failureOf(last))[1], "ConstraintViolationException");
  });

  it("takes effect when its content changes, and is deleted only when it is attached nowhere", async () => {
    const PolicyId = await newPolicy();
    await organizations.attachPolicy({ PolicyId, TargetId: ORDERS });
    await organizations.updatePolicy({ PolicyId, Content: denyRoles.replace("ListRoles", "ListUsers") });
    await listRoles(ORDERS);
    assert.equal((await failureOf(organizations.deletePolicy({ PolicyId })))[1], "PolicyInUseException");
    await organizations.detachPolicy({ PolicyId, TargetId: ORDERS });
    await organizations.deletePolicy({ PolicyId });
    assert.equal((await failureOf(organizations.describePolicy({ PolicyId })))[1], "PolicyNotFoundException");
  });

  it("refuses a policy that is none, and a name twice", async () => {
    assert.equal((await failureOf(newPolicy("{}")))[1], "MalformedPolicyDocumentException");
    await newPolicy();
    assert.equal((await failureOf(newPolicy()))[1], "DuplicatePolicyException");
  });
});
