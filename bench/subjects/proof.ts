import { AccessProof, proveAccess } from "../../iam/proof";
import { Figure } from "../figure";
import { accessWorld } from "../support/access-world";
import { solverDecisions } from "../support/solver-decisions";

const MEBIBYTE = 1024 * 1024;

/** The proof over a world of usual shape, small and large, and its decisions against a general solver's. */
export async function measure(): Promise<readonly Figure[]> {
  readers(proveAccess(accessWorld(20, 10)), 20);
  const small = timed(200, 50);
  const large = timed(10_000, 1_000);
  const perSecond = Math.round((large.pairs * 1_000) / large.milliseconds);
  const solver = await solverDecisions();
  return [
    {
      name: "proof: 200 secrets x 50 principals",
      value: small.milliseconds,
      unit: "ms",
      goal: { relation: "<=", value: 200 },
      detail: `readers of every secret, by name and by class; ${small.accesses} accesses, one core`,
    },
    {
      name: "proof: 10,000 secrets x 1,000 principals",
      value: large.milliseconds / 1_000,
      unit: "s",
      goal: { relation: "<=", value: 10 },
      detail: `${large.accesses} accesses from ${large.pairs} pairs looked at, one core`,
    },
    {
      name: "proof: memory",
      value: large.bytes / MEBIBYTE,
      unit: "MiB",
      goal: { relation: "<=", value: 1024 },
      detail: "resident memory with the world and all answers of the large world held",
    },
    {
      name: "proof: decisions against z3",
      value: perSecond / solver.perSecond,
      unit: "x",
      goal: { relation: ">=", value: 10 },
      detail: `${perSecond} pairs/s against ${Math.round(solver.perSecond)} queries/s of z3-solver on the same conditions`,
    },
  ];
}

function timed(secrets: number, principals: number) {
  const world = accessWorld(secrets, principals);
  const start = performance.now();
  const proof = proveAccess(world);
  const answers = readers(proof, secrets);
  const milliseconds = performance.now() - start;
  const accesses = answers.reduce((sum, one) => sum + one.length, 0);
  if (accesses < secrets * 2) throw new Error("each secret must have readers");
  return { milliseconds, accesses, pairs: proof.counts().pairs, bytes: process.memoryUsage().rss };
}

function readers(proof: AccessProof, secrets: number) {
  return Array.from({ length: secrets }, (_, index) => `secret-${index}`).flatMap((id) =>
    proof.direct(id).map((copy) => copy.accesses.read),
  );
}
