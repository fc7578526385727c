export { shutdown } from "./execution";
export { logText } from "./logs";
export { service } from "./service";
