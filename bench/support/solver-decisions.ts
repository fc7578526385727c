import { init } from "z3-solver";

const SECONDS = 1;

/**
 * Queries a second of a general solver: whether a role can read a secret of the bench's world, in the theory of
 * strings, on those conditions only that remain when all that is fixed has been replaced.
 */
export async function solverDecisions(): Promise<{ readonly perSecond: number }> {
  const { Context, em } = await init();
  const { Solver } = Context("bench");
  let queries = 0;
  const start = performance.now();
  while (performance.now() - start < SECONDS * 1_000) {
    const solver = new Solver();
    solver.fromString(query(queries));
    if ((await solver.check()) !== "sat") throw new Error("the role can read");
    queries++;
  }
  const perSecond = (queries * 1_000) / (performance.now() - start);
  (em as { PThread?: { terminateAllThreads(): void } }).PThread?.terminateAllThreads();
  return { perSecond };
}

function query(secret: number): string {
  const endpoints = [secret % 20, (secret + 1) % 20].map((id) => `(= vpce "vpce-${id}")`).join(" ");
  return `
    (declare-const vpce String) (declare-const hasVpce Bool)
    (declare-const via String) (declare-const hasVia Bool)
    (assert (=> hasVpce (str.in_re vpce (re.++ (str.to_re "vpce-") (re.+ re.allchar)))))
    (assert (or (= via "true") (= via "false")))
    (assert (not (and (or (not hasVpce) (not (or ${endpoints}))) (or (not hasVia) (= via "false")))))`;
}
