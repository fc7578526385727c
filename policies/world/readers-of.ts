import { AccessProof } from "../../iam/proof";
import { FoundSecret } from "./secrets";
import { ReaderFacts, standingOf, whoKey } from "./standing";
import { GraphWorld } from "./world";

/** Everyone who can read a secret, or of whom it cannot be told, over its Regions. */
export function readersOf(
  { secret }: FoundSecret,
  world: GraphWorld,
  proof: AccessProof,
): readonly ReaderFacts[] {
  const readers = new Map<string, ReaderFacts>();
  for (const answer of proof.direct(secret.id)) {
    const copy = secret.copies.find(({ region }) => region === answer.region)!;
    for (const access of answer.accesses.read) {
      const key = whoKey(access.who);
      const earlier = readers.get(key);
      const all = [...(earlier?.all ?? []), { region: answer.region, access }];
      readers.set(key, {
        who: access.who,
        standing: earlier?.standing ?? standingOf(world, secret.id, copy, access.who),
        regions: [...new Set(all.map(({ region }) => region))],
        access: all.find((one) => one.access.witness !== undefined)?.access ?? all[0]!.access,
        all,
      });
    }
  }
  return [...readers.values()];
}
