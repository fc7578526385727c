/** What `--accounts` names: the organisation and accounts that exist before the first request. */
export interface AccountsFile {
  readonly organization?: OrganizationSpec;
  readonly accounts: readonly AccountSpec[];
  readonly vpcs?: readonly VpcSpec[];
}

export interface OrganizationSpec {
  /** Such as `o-strongroom`. */
  readonly id: string;
  readonly managementAccountId: string;
  /** @default r-root */
  readonly rootId?: string;
  readonly organizationalUnits?: readonly {
    readonly id: string;
    readonly name: string;
    readonly parentId?: string;
  }[];
  readonly scps?: readonly OrganizationPolicySpec[];
  readonly rcps?: readonly OrganizationPolicySpec[];
}

export interface OrganizationPolicySpec {
  readonly name: string;
  /** `root`, account ids, ids of organisational units. */
  readonly targets: readonly string[];
  readonly document: object;
}

export interface AccountSpec {
  readonly id: string;
  readonly name: string;
  /** Credentials of the account's IAM user `administrator`. */
  readonly administrator: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Id of the organisational unit. @default the root */
  readonly ou?: string;
}

export interface VpcSpec {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** One account for a test suite that brings no file; its key is `test` with the secret `test`. */
export const DEFAULT_ACCOUNTS: AccountsFile = {
  accounts: [
    { id: "111111111111", name: "local", administrator: { accessKeyId: "test", secretAccessKey: "test" } },
  ],
};

/** Everything that is wrong with a parsed accounts file, each with its path; empty when it can be used. */
export function accountsFileProblems(file: AccountsFile): readonly string[] {
  if (typeof file !== "object" || file === null) return ["the file must be a JSON object"];
  if (!Array.isArray(file.accounts) || file.accounts.length === 0)
    return ["accounts: at least one is needed"];
  const ids = new Set(file.accounts.map(({ id }) => id));
  const keyIds = new Set<string>();
  return [
    ...file.accounts.flatMap((account, index) => accountProblems(account, `accounts[${index}]`, keyIds)),
    ...(ids.size < file.accounts.length ? ["accounts: an id occurs twice"] : []),
    ...(file.organization ? organizationProblems(file.organization, ids) : []),
    ...(file.vpcs ?? []).flatMap((vpc, index) => vpcProblems(vpc, `vpcs[${index}]`, ids)),
  ];
}

function accountProblems(account: AccountSpec, path: string, keyIds: Set<string>): string[] {
  const key = account.administrator;
  const isRepeated = key && keyIds.has(key.accessKeyId);
  if (key) keyIds.add(key.accessKeyId);
  return [
    ...(/^\d{12}$/.test(account.id) ? [] : [`${path}.id: "${account.id}" is not twelve digits`]),
    ...(typeof account.name === "string" ? [] : [`${path}.name: missing`]),
    ...(key?.accessKeyId && key.secretAccessKey
      ? []
      : [`${path}.administrator: accessKeyId and secretAccessKey are needed`]),
    ...(isRepeated ? [`${path}.administrator.accessKeyId: occurs twice`] : []),
  ];
}

function organizationProblems(organization: OrganizationSpec, ids: ReadonlySet<string>): string[] {
  const targets = new Set(["root", ...ids, ...(organization.organizationalUnits ?? []).map(({ id }) => id)]);
  const policies = [...(organization.scps ?? []), ...(organization.rcps ?? [])];
  return [
    ...(/^o-[a-z0-9]{10,32}$/.test(organization.id)
      ? []
      : [`organization.id: "${organization.id}" is not o- and 10 to 32 letters or digits`]),
    ...(ids.has(organization.managementAccountId)
      ? []
      : [`organization.managementAccountId: ${organization.managementAccountId} is not among the accounts`]),
    ...policies.flatMap(({ name, targets: named }) =>
      named
        .filter((target) => !targets.has(target))
        .map((target) => `organization policy ${name}: unknown target ${target}`),
    ),
  ];
}

function vpcProblems(vpc: VpcSpec, path: string, ids: ReadonlySet<string>): string[] {
  return [
    ...(ids.has(vpc.accountId) ? [] : [`${path}.accountId: ${vpc.accountId} is not among the accounts`]),
    ...(/^vpc-[0-9a-f]{8,17}$/.test(vpc.vpcId) ? [] : [`${path}.vpcId: "${vpc.vpcId}" is not a VPC id`]),
  ];
}
