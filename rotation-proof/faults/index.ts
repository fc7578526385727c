import { atOnceFaults } from "./at-once";
import { byHandFaults } from "./by-hand";
import { Fault } from "./fault";
import { lateKeyFaults } from "./late-key";
import { networkFaults } from "./network";
import { promotedReplicaFaults } from "./promoted-replica";
import { refusalFaults } from "./refused-for-ever";
import { reservedConcurrencyFaults } from "./reserved-concurrency";
import { rotationTokenFaults } from "./rotation-token";
import { secretsManagerFaults } from "./secrets-manager";
import { stageFaults } from "./stages";

/** Every fault that is tried on every subject. */
export const faults: readonly Fault[] = [
  ...stageFaults,
  ...byHandFaults,
  ...rotationTokenFaults,
  ...secretsManagerFaults,
  ...atOnceFaults,
  ...reservedConcurrencyFaults,
  ...refusalFaults,
  ...lateKeyFaults,
  ...networkFaults,
  ...promotedReplicaFaults,
];
