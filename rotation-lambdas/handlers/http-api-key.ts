import { apiKeys, sendByHttps } from "../strategies/api-key";
import { strategyHandler } from "../strategy-handler";

/** Rotates keys of an HTTP API; see `RotationSettings` for the environment variable it reads. */
export const handler = strategyHandler(
  {
    section: "apiKey",
    strategies: ["dual-password"],
    strategy: ({ tls }) => apiKeys({ send: sendByHttps(tls) }),
  },
  process.env,
);
