export { startCommand } from "./start-command";
