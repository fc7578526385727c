import { connectBySsh2, sshKeyPair } from "../strategies/ssh-key-pair";
import { strategyHandler } from "../strategy-handler";

/** Rotates SSH key pairs; see `RotationSettings` for the environment variable it reads. */
export const handler = strategyHandler(
  { section: "ssh", strategies: ["dual-password"], strategy: () => sshKeyPair(connectBySsh2) },
  process.env,
);
