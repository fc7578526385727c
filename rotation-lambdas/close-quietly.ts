/** Longest wait for a connection to end. Milliseconds. */
const ENDING_MS = 1000;

/** Ends a connection. Never fails and never takes longer than a second: the work is done or has failed by then. */
export async function closeQuietly(connection: { end(): Promise<void> }): Promise<void> {
  const waited = new Promise<void>((resolve) => setTimeout(resolve, ENDING_MS).unref());
  await Promise.race([connection.end().catch(() => undefined), waited]);
}
