import { Settings } from "./setting";

/** What the pack is told about the organisation it guards; shared by the rules. */
export interface Organization {
  /** Such as `o-a1b2c3d4e5`; empty when not told. */
  readonly id: string;
  /** Accounts that may read secrets of others; empty for every account of the organisation. */
  readonly accounts: readonly string[];
  /** Regions that secrets may be replicated to; empty for any. */
  readonly regions: readonly string[];
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
} satisfies Settings;
