export { checkCommand } from "./check-command";
