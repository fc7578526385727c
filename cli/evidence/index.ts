export { evidenceCommand } from "./evidence-command";
