/** A way in which rotation functions are known to fail, and where it is shown that ours do not. */
export interface KnownFault {
  readonly id: string;
  readonly what: string;
  /** Cells of the proof, by the beginning of their names. */
  readonly cells?: readonly string[];
  /** Test files below `test/`. */
  readonly tests?: readonly string[];
}

const lambdas = "rotation-lambdas";
const mariadbTwins = `${lambdas}/drivers/mysql/mariadb-twins.test.ts`;
const alternating = `${lambdas}/strategies/alternating-users.test.ts`;
const badInput = "rotation-proof/bad-input.test.ts";
const others = "rotation-proof/concurrency.test.ts";
const reserved = "rotation-proof/reserved-concurrency.test.ts";
const crashes = ["F10/F11"];

/** F1 to F38. F31, RDS Proxy, can only be tried on AWS. */
export const knownFaults: readonly KnownFault[] = [
  { id: "F1", what: "a half-made clone passes when it is repeated", cells: crashes, tests: [mariadbTwins] },
  { id: "F2", what: "AWSPENDING without a value is left over", cells: ["F2"] },
  { id: "F3", what: "testSecret alone, without a pending value", cells: ["F3"] },
  { id: "F4", what: "stale reads", cells: ["F4"] },
  { id: "F5", what: "a failed read taken for an absent value", cells: ["F5"] },
  { id: "F6", what: "the version holds another value already", cells: ["F4", "F12"] },
  { id: "F7", what: "somebody else's AWSPENDING", cells: ["F7", "F7b", "F7c", "F7d"], tests: [others] },
  { id: "F8", what: "the version is AWSCURRENT already", cells: ["F8"] },
  { id: "F9", what: "the rotation token is there or is not", cells: ["F9"] },
  { id: "F10", what: "a stop after any call", cells: crashes },
  { id: "F11", what: "the reply of a change is lost", cells: [...crashes, "F5"] },
  { id: "F12", what: "two invocations at once", cells: ["F12", "F12b", "F12c", "F12d"], tests: [reserved] },
  { id: "F13", what: "the server refuses the pending value for ever", cells: ["F13"] },
  { id: "F14", what: "characters that URLs and files cannot hold", tests: [`${lambdas}/password.test.ts`] },
  {
    ...{ id: "F15", what: "quotes and backslashes" },
    tests: [`${lambdas}/drivers/postgres/quoting.test.ts`, `${lambdas}/drivers/mysql/mariadb.test.ts`],
  },
  { id: "F16", what: "names made to inject SQL", tests: [badInput] },
  { id: "F17", what: "names in upper case", tests: [badInput] },
  { id: "F18", what: "users of other hosts than any", tests: [mariadbTwins] },
  { id: "F19", what: "rights with the grant option", cells: crashes, tests: [mariadbTwins] },
  {
    id: "F20",
    what: "attributes, settings, default roles",
    cells: crashes,
    tests: [alternating, mariadbTwins],
  },
  {
    id: "F21",
    what: "rights given and objects made after the first rotation",
    tests: [alternating, mariadbTwins],
  },
  {
    id: "F22",
    what: "CREATEROLE without ADMIN OPTION",
    tests: [alternating, `${lambdas}/preflight.test.ts`],
  },
  { id: "F23", what: "names too long for a clone, or ending as one", tests: [badInput] },
  { id: "F24", what: "certificates that do not fit; no TLS", tests: [badInput] },
  { id: "F25", what: "a port that does not answer", cells: ["F25"] },
  { id: "F26", what: "Secrets Manager cannot be reached", cells: ["F26"] },
  { id: "F27", what: "the key or a permission is refused", cells: ["F27", "F5"] },
  { id: "F28", what: "a missing permission is found after the change", cells: ["F27"] },
  {
    ...{ id: "F29", what: "a change takes effect later" },
    ...{ cells: crashes, tests: [`${lambdas}/strategies/access-keys/conformance.test.ts`] },
  },
  { id: "F30", what: "a read replica as the host", tests: [badInput] },
  { id: "F31", what: "RDS Proxy" },
  { id: "F32", what: "replicas out of step, or promoted", cells: ["F32"] },
  {
    id: "F33",
    what: "an administrator's secret without a host",
    tests: [`${lambdas}/strategies/database-login.test.ts`],
  },
  { id: "F34", what: "values that cannot be used; nothing leaked", tests: [badInput] },
  { id: "F35", what: "orphaned keys and users", cells: [...crashes, "F35"] },
  { id: "F36", what: "a foreign secret, host or user", cells: ["F36", "F7"] },
  { id: "F37", what: "no free connection; accounts locked by probes", tests: [badInput] },
  { id: "F38", what: "passwords in the server's log", cells: crashes },
];
