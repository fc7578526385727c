export { protocolOf } from "./protocol-of";
export type { Protocol } from "./protocol";
export { splitTarget, type HttpAnswer, type HttpRequest } from "./http-message";
export { signatureError } from "./signature-error";
