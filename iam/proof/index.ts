export type {
  AccessWorld,
  Account,
  Endpoint,
  Group,
  Key,
  LambdaFunction,
  Levels,
  NamedPrincipal,
  Organization,
  Secret,
  SecretCopy,
  UnknownDocument,
  WorldDocument,
} from "./world";
export { isKnown, MANAGED_KEY } from "./world";
export type {
  Access,
  ActionClass,
  CannotTell,
  Condition,
  Conjunction,
  CopyAnswer,
  IndirectAccess,
  PathStep,
  Refusal,
  Scenario,
  SecretAnswer,
  Step,
  Who,
} from "./answer";
export type { AccessProof, Counts, Replay } from "./proof";
export { readable, symbolFor, symbolsIn } from "./symbol";
export type { SymbolFacts } from "./symbol";
export type { WayNotFollowed } from "./ways-not-followed";
export { proveAccess } from "./prove-access";
