export { ApiKeyCredential, parseApiKey, renderApiKey } from "./credential";
export { sendByHttps, SendHttp } from "./http";
export { apiKeys, ApiKeyOptions } from "./strategy";
