export { ApiKeyCredential, parseApiKey, renderApiKey } from "./credential";
export { sendByHttps, SendHttp } from "./http";
export { isRefusedKey } from "./service";
export { apiKeys, ApiKeyOptions } from "./strategy";
