import * as pulumi from "@pulumi/pulumi";
import { ConfigurationError } from "../components/model";

/**
 * Runs a program. What is wrong with its configuration reaches the user as the list of problems alone; every other
 * error keeps its stack, because it is a defect of the program.
 *
 * @throws pulumi.RunError with the text of a ConfigurationError
 */
export async function reported<T>(program: () => T | Promise<T>): Promise<T> {
  try {
    return await program();
  } catch (error) {
    if (error instanceof ConfigurationError) throw new pulumi.RunError(error.message);
    throw error;
  }
}
