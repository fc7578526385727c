import { Rule } from "../../rule";
import { endpointForReaders } from "./endpoint-for-readers";
import { endpointPolicyBound } from "./endpoint-policy-bound";
import { endpointReachablePrivately } from "./endpoint-reachable-privately";

/** Rules about the network path to secrets: VPCE-01 to VPCE-03. */
export const networkRules: readonly Rule[] = [
  endpointForReaders,
  endpointPolicyBound,
  endpointReachablePrivately,
];
