import { callQueryByHttps, isRefusedCaller } from "../aws-query";
import { accessKeys } from "../strategies/access-keys";
import { strategyHandler } from "../strategy-handler";

/** Rotates the access keys of an IAM user; see `RotationSettings` for the environment variable it reads. */
export const handler = strategyHandler(
  {
    section: "accessKey",
    strategies: ["dual-password"],
    strategy: (_settings, refused) => {
      const call = refused.countingAnswers(callQueryByHttps, isRefusedCaller);
      return accessKeys({ call, environment: process.env });
    },
  },
  process.env,
);
