import { callQueryByHttps } from "../aws-query";
import { accessKeys } from "../strategies/access-keys";
import { strategyHandler } from "../strategy-handler";

/** Rotates the access keys of an IAM user; see `RotationSettings` for the environment variable it reads. */
export const handler = strategyHandler(
  {
    section: "accessKey",
    strategies: ["dual-password"],
    strategy: () => accessKeys({ call: callQueryByHttps, environment: process.env }),
  },
  process.env,
);
