import { startProvider } from "./server";

/** Entry of the bundle: the engine reads the port from the first line. */
async function main(): Promise<void> {
  // The engine shows what a provider writes to its error output as the user's own problem.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const provider = await startProvider();
  process.stdout.write(`${provider.port}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      provider.stop();
      process.exit(0);
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
});
