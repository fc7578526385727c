import { startProvider } from "./server";

/** Entry of the bundle: the engine reads the port from the first line. */
async function main(): Promise<void> {
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
