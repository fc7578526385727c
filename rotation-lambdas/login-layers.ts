import { CheckName } from "./check-report";

/** How far a login came, by the code it fails with. */
export const loginLayers: readonly { name: CheckName; codes: readonly string[]; passed: string }[] = [
  { name: "network port", codes: ["unreachable", "timeout"], passed: "the server answers" },
  { name: "TLS", codes: ["tls"], passed: "the connection is secured as the settings ask" },
  {
    name: "login",
    codes: ["authentication", "locked", "invalid-secret"],
    passed: "the current value logs in",
  },
  { name: "server version", codes: ["unsupported"], passed: "the server is supported" },
];
