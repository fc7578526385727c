import { connectBySsh2, isRefusedKey, sshKeyPair } from "../strategies/ssh-key-pair";
import { strategyHandler } from "../strategy-handler";

/** Rotates SSH key pairs; see `RotationSettings` for the environment variable it reads. */
export const handler = strategyHandler(
  {
    section: "ssh",
    strategies: ["dual-password"],
    strategy: (_settings, refused) => sshKeyPair(refused.countingErrors(connectBySsh2, isRefusedKey)),
  },
  process.env,
);
