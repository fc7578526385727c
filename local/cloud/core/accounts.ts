import { accessKeys, principalKey, users } from "../iam/records";
import { uniqueId } from "../iam/unique-id";
import { defaultPolicies } from "../organizations/default-policies";
import {
  organizationAccounts,
  organizationalUnits,
  organizationPolicies,
  OrganizationPolicyType,
} from "../organizations/records";
import { AccountsFile, OrganizationPolicySpec, OrganizationSpec } from "./accounts-file";
import { Sealer } from "./sealed";
import { Store } from "./store";

const ADMINISTRATOR = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** Makes what an accounts file names, unless the store has it already. */
export function installAccounts(
  file: AccountsFile,
  store: Store,
  sealer: Sealer,
  partition: string,
  now: number,
): void {
  store.transaction(() => {
    for (const { id, administrator } of file.accounts) {
      installAdministrator(id, administrator, store, sealer, partition, now);
    }
    const isNew = store.table("organizations:organization").size === 0;
    if (file.organization && isNew) installOrganization(file.organization, file, store, now);
    for (const vpc of file.vpcs ?? []) installVpc(vpc, store);
  });
}

function installAdministrator(
  accountId: string,
  key: { readonly accessKeyId: string; readonly secretAccessKey: string },
  store: Store,
  sealer: Sealer,
  partition: string,
  createdAt: number,
): void {
  const userName = "administrator";
  if (!users(store).has(principalKey(accountId, userName))) {
    users(store).put(principalKey(accountId, userName), {
      accountId,
      name: userName,
      path: "/",
      uniqueId: uniqueId("AIDA"),
      arn: `arn:${partition}:iam::${accountId}:user/${userName}`,
      createdAt,
      tags: {},
      inlinePolicies: { administrator: ADMINISTRATOR },
      attachedPolicyArns: [],
    });
  }
  const { accessKeyId, secretAccessKey } = key;
  const sealedSecret = sealer.seal(secretAccessKey);
  accessKeys(store).put(accessKeyId, {
    accessKeyId,
    accountId,
    userName,
    sealedSecret,
    isActive: true,
    createdAt,
  });
}

function installOrganization(spec: OrganizationSpec, file: AccountsFile, store: Store, now: number): void {
  const { id, managementAccountId, rootId = "r-root", organizationalUnits: units = [] } = spec;
  store.table("organizations:organization").put("organization", { id, rootId, managementAccountId });
  for (const unit of units) {
    organizationalUnits(store).put(unit.id, {
      id: unit.id,
      name: unit.name,
      parentId: unit.parentId ?? rootId,
    });
  }
  for (const account of file.accounts) {
    const parentId = account.ou ?? rootId;
    organizationAccounts(store).put(account.id, {
      accountId: account.id,
      name: account.name,
      parentId,
      joinedAt: now,
    });
  }
  const everything = [rootId, ...units.map((unit) => unit.id), ...file.accounts.map((account) => account.id)];
  for (const policy of defaultPolicies(everything)) organizationPolicies(store).put(policy.id, policy);
  installPolicies(spec.scps ?? [], "SERVICE_CONTROL_POLICY", rootId, store);
  installPolicies(spec.rcps ?? [], "RESOURCE_CONTROL_POLICY", rootId, store);
}

function installPolicies(
  specs: readonly OrganizationPolicySpec[],
  type: OrganizationPolicyType,
  rootId: string,
  store: Store,
): void {
  specs.forEach(({ name, targets, document }, index) => {
    const prefix = type === "SERVICE_CONTROL_POLICY" ? "scp" : "rcp";
    const id = `p-${prefix}${String(index).padStart(8, "0")}`;
    organizationPolicies(store).put(id, {
      id,
      name,
      description: "",
      type,
      isAwsManaged: false,
      content: JSON.stringify(document),
      targetIds: targets.map((target) => (target === "root" ? rootId : target)),
    });
  });
}

function installVpc(vpc: NonNullable<AccountsFile["vpcs"]>[number], store: Store): void {
  const { accountId, region, vpcId, subnetIds } = vpc;
  const put = (type: string, id: string, properties: object) =>
    store
      .table(`cloudcontrol:${type}`)
      .put(`${accountId}/${region}/${id}`, { accountId, region, id, properties });
  put("AWS::EC2::VPC", vpcId, { VpcId: vpcId, CidrBlock: "10.0.0.0/16" });
  subnetIds.forEach((id, index) => {
    put("AWS::EC2::Subnet", id, { SubnetId: id, VpcId: vpcId, CidrBlock: `10.0.${index}.0/24` });
  });
}
