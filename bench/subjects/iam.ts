import { decide } from "../../iam";
import { Figure } from "../figure";
import { requests, world } from "../support/cross-account-world";

const SECONDS = 2;
const ROUNDS = 2_000;

/** Decisions a second on one core over every kind of document; half of the requests are denied. */
export async function measure(): Promise<readonly Figure[]> {
  if (countAllowed(ROUNDS) !== ROUNDS * 2) throw new Error("half of the requests must be allowed");
  const start = performance.now();
  let decisions = 0;
  while (performance.now() - start < SECONDS * 1_000) {
    countAllowed(ROUNDS);
    decisions += ROUNDS * requests.length;
  }
  const perSecond = Math.round((decisions * 1_000) / (performance.now() - start));
  const detail = "cross-account GetSecretValue over all seven kinds of document, half denied, one core";
  return [
    {
      name: "iam: decisions",
      value: perSecond,
      unit: "/s",
      goal: { relation: ">=", value: 100_000 },
      detail,
    },
  ];
}

function countAllowed(rounds: number): number {
  let allowed = 0;
  for (let round = 0; round < rounds; round++) {
    for (const one of requests) if (decide(one, world).allowed) allowed++;
  }
  return allowed;
}
