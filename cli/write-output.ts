import { writeFileSync } from "node:fs";
import { CommandFailure } from "./command-io";

/** @throws CommandFailure when the file cannot be written */
export function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandFailure(`${file} cannot be written: ${(error as Error).message}`);
  }
}
