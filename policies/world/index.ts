export { declarationHint, declaredReaders, READERS_TAG, readersInTag } from "./declared-readers";
export type { DeclaredSetting } from "./declared-readers";
export type { FoundSecret, LooseSecret } from "./secrets";
export { worldOf } from "./world";
export type { GraphWorld } from "./world";
