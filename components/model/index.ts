export { apiKeyFaults } from "./api-key-settings";
export type { ApiKeySettings } from "./api-key-settings";
export { isAccountId, isOrganizationId } from "./account-id";
export {
  accountRootArn,
  anySecretArnPattern,
  functionLogsArn,
  multiRegionKeyArnPattern,
  roleArn,
  secretArnPattern,
} from "./arn";
export type { Location } from "./arn";
export { ConfigurationError, refuse } from "./configuration-error";
export { documentSizeProblems } from "./document-size";
export { endpointPolicy } from "./endpoint-policy";
export type { EndpointPolicyFacts } from "./endpoint-policy";
export { isRoleName, READ_ACTIONS } from "./grant";
export type { Grant } from "./grant";
export { keyPolicy } from "./key-policy";
export type { KeyPolicyFacts } from "./key-policy";
export { problemLine, shown } from "./problem";
export type { Problem } from "./problem";
export { readerPolicy } from "./reader-policy";
export type { RegionalAccess } from "./reader-policy";
export { isRegion, partitionOf, secretsManagerHost } from "./region";
export type { Partition } from "./region";
export { allRegions, regionsProblems } from "./regions";
export type { Regions } from "./regions";
export { DATABASE_ENGINES, ROTATION_STRATEGIES, strategyFault } from "./rotation-engine";
export type { DatabaseEngine, KeyEngine, RotationEngine } from "./rotation-engine";
export { rotationRolePolicy } from "./rotation-role-policy";
export type { RotationRoleFacts, RotationTarget } from "./rotation-role-policy";
export { renderRotationSettings, rotationSettingsVariable } from "./rotation-settings";
export type {
  PasswordSettings,
  RotationSeed,
  RotationSettings,
  RotationStrategyName,
  TlsMode,
  TlsSettings,
} from "./rotation-settings";
export { parseSchedule, LONGEST_RATE_DAYS, SHORTEST_INTERVAL_HOURS } from "./schedule";
export type { Schedule, ScheduleReading } from "./schedule";
export { neverFires, nextRuns, runGapsHours, scheduleFault, worstGapHours } from "./schedule-runs";
export { nameFor, secretNameFault } from "./secret-name";
export { secretPolicy } from "./secret-policy";
export type { SecretPolicyFacts } from "./secret-policy";
export type {
  DatabaseAddress,
  DatabaseTls,
  FirstValue,
  KeyRotation,
  LoginRotation,
  RotationPlan,
  RotationTimes,
  SecretSpec,
} from "./secret-spec";
export type { SettingFault } from "./setting-fault";
export { spreadSchedule } from "./spread-schedule";
export { DATA_CLASSES, isTagValue, secretTags } from "./tags";
export type { DataClass, SecretTagFacts } from "./tags";
export { trustPolicy } from "./trust-policy";
export type { Trust } from "./trust-policy";
export { wholeNumberProblems } from "./whole-number";
