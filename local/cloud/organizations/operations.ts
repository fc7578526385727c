import { ApiError } from "../core/api-error";
import { Authorization, Call, Operation } from "../core/operation";
import { Infer, optional, string, structure } from "../core/shape";
import { organizationsError } from "./errors";
import {
  organization,
  OrganizationAccountRecord,
  organizationAccounts,
  organizationalUnits,
  OrganizationRecord,
} from "./records";

const describeOrganization: Operation = {
  name: "DescribeOrganization",
  input: structure({}),
  authorize: (_input, call) => onOrganization("DescribeOrganization", call),
  run(_input, call) {
    const home = homeOf(call);
    return {
      Organization: {
        Id: home.id,
        Arn: organizationArn(home, call),
        FeatureSet: "ALL",
        MasterAccountArn: accountArn(home, home.managementAccountId, call),
        MasterAccountId: home.managementAccountId,
        MasterAccountEmail: `management@${home.id}.example`,
        AvailablePolicyTypes: POLICY_TYPES.map((Type) => ({ Type, Status: "ENABLED" })),
      },
    };
  },
};

const POLICY_TYPES = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] as const;

const listAccounts: Operation = {
  name: "ListAccounts",
  input: structure({}),
  authorize: (_input, call) => onOrganization("ListAccounts", call),
  run(_input, call) {
    const home = managementOf(call);
    return {
      Accounts: [...organizationAccounts(call.store).values()].map((account) =>
        accountAnswer(home, account, call),
      ),
    };
  },
};

const accountInput = structure({ AccountId: string({ pattern: /\d{12}/ }) });

const describeAccount: Operation<Infer<typeof accountInput>> = {
  name: "DescribeAccount",
  input: accountInput,
  authorize: (_input, call) => onOrganization("DescribeAccount", call),
  run({ AccountId }, call) {
    const home = managementOf(call);
    const account = organizationAccounts(call.store).get(AccountId);
    if (!account) throw organizationsError("AccountNotFoundException");
    return { Account: accountAnswer(home, account, call) };
  },
};

const listRoots: Operation = {
  name: "ListRoots",
  input: structure({}),
  authorize: (_input, call) => onOrganization("ListRoots", call),
  run(_input, call) {
    const home = managementOf(call);
    const Arn = `arn:${call.partition}:organizations::${home.managementAccountId}:root/${home.id}/${home.rootId}`;
    const PolicyTypes = POLICY_TYPES.map((Type) => ({ Type, Status: "ENABLED" }));
    return { Roots: [{ Id: home.rootId, Arn, Name: "Root", PolicyTypes }] };
  },
};

const parentInput = structure({ ParentId: string(), NextToken: optional(string()) });

const listOrganizationalUnitsForParent: Operation<Infer<typeof parentInput>> = {
  name: "ListOrganizationalUnitsForParent",
  input: parentInput,
  authorize: (_input, call) => onOrganization("ListOrganizationalUnitsForParent", call),
  run({ ParentId }, call) {
    const home = managementOf(call);
    const units = [...organizationalUnits(call.store).values()].filter(
      ({ parentId }) => parentId === ParentId,
    );
    return {
      OrganizationalUnits: units.map(({ id, name }) => ({
        Id: id,
        Name: name,
        Arn: `arn:${call.partition}:organizations::${home.managementAccountId}:ou/${home.id}/${id}`,
      })),
    };
  },
};

const listAccountsForParent: Operation<Infer<typeof parentInput>> = {
  name: "ListAccountsForParent",
  input: parentInput,
  authorize: (_input, call) => onOrganization("ListAccountsForParent", call),
  run({ ParentId }, call) {
    const home = managementOf(call);
    const accounts = [...organizationAccounts(call.store).values()].filter(
      ({ parentId }) => parentId === ParentId,
    );
    return { Accounts: accounts.map((account) => accountAnswer(home, account, call)) };
  },
};

/** What an operation on the whole organisation needs. */
export function onOrganization(action: string, call: Call): readonly Authorization[] {
  return [{ action: `organizations:${action}`, resource: { arn: "*", accountId: call.accountId } }];
}

/** The organisation the caller's account is in. @throws ApiError AWSOrganizationsNotInUseException */
export function homeOf(call: Call): OrganizationRecord {
  const home = organization(call.store);
  if (!home || !organizationAccounts(call.store).has(call.accountId)) {
    throw organizationsError("AWSOrganizationsNotInUseException");
  }
  return home;
}

/** As `homeOf`, for what only the management account may do. */
export function managementOf(call: Call): OrganizationRecord {
  const home = homeOf(call);
  if (home.managementAccountId !== call.accountId) {
    throw new ApiError("AccessDeniedException", "You don't have permissions to access this resource.");
  }
  return home;
}

function organizationArn(home: OrganizationRecord, call: Call): string {
  return `arn:${call.partition}:organizations::${home.managementAccountId}:organization/${home.id}`;
}

function accountArn(home: OrganizationRecord, accountId: string, call: Call): string {
  return `arn:${call.partition}:organizations::${home.managementAccountId}:account/${home.id}/${accountId}`;
}

function accountAnswer(home: OrganizationRecord, account: OrganizationAccountRecord, call: Call) {
  return {
    Id: account.accountId,
    Arn: accountArn(home, account.accountId, call),
    Email: `${account.name}@${home.id}.example`,
    Name: account.name,
    Status: "ACTIVE",
    State: "ACTIVE",
    JoinedMethod: account.accountId === home.managementAccountId ? "INVITED" : "CREATED",
    JoinedTimestamp: new Date(account.joinedAt),
  };
}

export const organizationOperations: readonly Operation[] = [
  describeOrganization,
  listAccounts,
  describeAccount,
  listRoots,
  listOrganizationalUnitsForParent,
  listAccountsForParent,
];
