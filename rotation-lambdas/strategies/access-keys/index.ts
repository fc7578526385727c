export { accessKeys, AccessKeyOptions } from "./strategy";
export { AccessKeyCredential, parseAccessKey, renderAccessKey } from "./credential";
