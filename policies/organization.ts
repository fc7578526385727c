import { PolicyDocument } from "../iam";
import { Setting, Settings } from "./setting";

/** What the pack is told about the organisation it guards; shared by the rules. */
export interface Organization {
  /** Such as `o-a1b2c3d4e5`; empty when not told. */
  readonly id: string;
  /** Accounts that may read secrets of others; empty for every account of the organisation. */
  readonly accounts: readonly string[];
  /** Regions that secrets may be replicated to; empty for any. */
  readonly regions: readonly string[];
  /** Account that policies of the organisation do not limit. */
  readonly managementAccount?: string;
  /**
   * Where each account is: root and organisational units, `r-ab12/ou-ab12-11111111`. When given, accounts without a
   * place are of no organisation; else every account that a document names is taken for a member.
   */
  readonly places?: Readonly<Record<string, string>>;
  /** Service control policies that no stack holds. */
  readonly scps?: readonly OrganizationPolicy[];
  /** Resource control policies that no stack holds. */
  readonly rcps?: readonly OrganizationPolicy[];
  /** ARNs of the roles and users that may read, by glob of the secret's name; adds to what components and tags declare. */
  readonly declaredReaders?: Readonly<Record<string, readonly string[]>>;
}

/** A policy of the organisation and where it is attached. */
export interface OrganizationPolicy {
  readonly name: string;
  /** `root`, ids of the root, of organisational units, of accounts. */
  readonly targets: readonly string[];
  readonly document: PolicyDocument;
}

/** When the pack is told nothing. */
export const anyOrganization: Organization = { id: "", accounts: [], regions: [] };

/** Settings of the policy `organization`, which every other rule reads. */
export const organizationSettings = {
  id: {
    type: "string",
    pattern: "^(o-[a-z0-9]{10,32}|o-[a-z0-9-]+)?$",
    default: "",
    description: "Id of the AWS organisation. Empty: any organisation that a policy names.",
  },
  accounts: {
    type: "array",
    items: { type: "string", pattern: "^[0-9]{12}$" },
    default: [],
    description:
      "Accounts that may read secrets of other accounts. Empty: every account of the organisation.",
  },
  regions: {
    type: "array",
    items: { type: "string" },
    default: [],
    description: "Regions that secrets may be replicated to. Empty: any Region.",
  },
  managementAccount: {
    type: "string",
    pattern: "^([0-9]{12})?$",
    default: "",
    description: "Management account of the organisation, which its policies do not limit.",
  },
  places: {
    type: "object",
    additionalProperties: { type: "string", pattern: "^r-[a-z0-9]+(/ou-[a-z0-9-]+)*$" },
    default: {},
    description:
      "Root and organisational units of each account, such as r-ab12/ou-ab12-11111111. When given, other accounts are " +
      "of no organisation. Empty: every account that a document names is a member.",
  },
  scps: policiesSetting("Service control policies"),
  rcps: policiesSetting("Resource control policies"),
  declaredReaders: {
    type: "object",
    additionalProperties: { type: "array", items: { type: "string" } },
    default: {},
    description:
      "ARNs of the roles and users that may read, by name of the secret, in which * stands for anything. Adds to what our " +
      "components declare and to the secret's tag strongroom:readers (222222222222:role/name, separated by spaces).",
  },
} satisfies Settings;

function policiesSetting(what: string): Setting {
  return {
    type: "array",
    items: {
      type: "object",
      required: ["name", "targets", "document"],
      properties: {
        name: { type: "string" },
        targets: { type: "array", items: { type: "string" } },
        document: { type: "object" },
      },
    },
    default: [],
    description:
      `${what} that no stack holds: name, targets (root, ou-…, account ids), document. The full access that AWS attaches ` +
      "is there where no other policy allows. Empty: none limits, so that more is found readable, never less.",
  };
}
