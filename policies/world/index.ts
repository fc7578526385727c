export { declarationHint, declaredReaders, READERS_TAG, readersInTag } from "./declared-readers";
export type { DeclaredSetting } from "./declared-readers";
export type { FoundSecret, LooseSecret } from "./secrets";
export { worldOf } from "./world";
export type { GraphWorld } from "./world";
export {
  cannotTellTexts,
  conditionsText,
  decisionsText,
  principalText,
  requesterText,
  scenarioText,
  whoText,
} from "./words";
export { escalationsIn } from "./escalations";
export type { Escalation } from "./escalations";
export { admitsAnyToken } from "./federated-readers";
export { accessOf } from "./proof";
export { readersOf } from "./readers-of";
export { standingOf, whoKey } from "./standing";
export type { ReaderFacts, Standing } from "./standing";
