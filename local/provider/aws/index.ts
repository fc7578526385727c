export { describeError, errorCode, hasCode } from "./aws-error";
export { AwsClients } from "./clients";
export { ProviderSettings, RoleToAssume, readProviderSettings } from "./provider-settings";
export { retryWhile, waitFor } from "./retry";
