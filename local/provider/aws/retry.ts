/** How long the real provider would wait for minutes, the local cloud is consistent at once: a few short attempts. */
const DELAYS_MS: readonly number[] = [50, 150, 400, 900];

/** Repeats `work` while it fails with an error that passes by itself, such as a role that is not known everywhere yet. */
export async function retryWhile<T>(
  isPassing: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  for (const delay of DELAYS_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) {
        throw error;
      }
      await pause(delay);
    }
  }
  return work();
}

/**
 * Asks until there is an answer.
 *
 * @throws Error naming `what` when there is none within about `attempts` tenths of a second
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  attempts = 300,
): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
    await pause(Math.min(20 * 2 ** Math.min(attempt, 4), 320));
  }
  throw new Error(`timed out waiting for ${what}`);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
