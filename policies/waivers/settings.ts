import { Settings } from "../setting";

/** Settings of the policy `waivers`. */
export const waiverSettings = {
  file: {
    type: "string",
    default: "strongroom-waivers.yaml",
    description:
      "File of the waivers, YAML or JSON, from the folder of the pack; the default one need not exist. Empty: none.",
  },
  baseline: {
    type: "string",
    default: "strongroom-baseline.json",
    description:
      "File of the findings that were there before, from the folder of the pack; the default one need not exist. " +
      "Empty: none.",
  },
  maximumDays: {
    type: "integer",
    minimum: 1,
    maximum: 1000,
    default: 180,
    description: "How many days ahead the last day of a waiver may lie.",
  },
} as const satisfies Settings;
