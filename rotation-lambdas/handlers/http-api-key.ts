import { apiKeys, isRefusedKey, sendByHttps } from "../strategies/api-key";
import { strategyHandler } from "../strategy-handler";

/** Rotates keys of an HTTP API; see `RotationSettings` for the environment variable it reads. */
export const handler = strategyHandler(
  {
    section: "apiKey",
    strategies: ["dual-password"],
    strategy: ({ tls }, refused) =>
      apiKeys({ send: refused.countingAnswers(sendByHttps(tls), isRefusedKey) }),
  },
  process.env,
);
