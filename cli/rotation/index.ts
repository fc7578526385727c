export { rotationCommand } from "./rotation-command";
