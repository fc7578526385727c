import { resolve } from "node:path";
import { environmentProgram } from "./program";

/** The program; its exports are the contract, one stack output a field. */
export = () => environmentProgram(resolve(__dirname, ".."));
