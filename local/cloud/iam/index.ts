export { noteKeyUse } from "./access-key-use";
export { service } from "./service";
