import { atOnceFaults } from "./at-once";
import { Fault } from "./fault";
import { networkFaults } from "./network";
import { refusalFaults } from "./refused-for-ever";
import { secretsManagerFaults } from "./secrets-manager";
import { stageFaults } from "./stages";

/** Every fault that is tried on every subject. */
export const faults: readonly Fault[] = [
  ...stageFaults,
  ...secretsManagerFaults,
  ...atOnceFaults,
  ...refusalFaults,
  ...networkFaults,
];
