import { compileGlob, tokenizeGlob } from "../../iam/glob";
import { Condition, Conjunction, PathStep } from "../../iam/proof";
import { isAudienceKey, issuerOf, strangerSubjects } from "../documents/federation";

/**
 * Whether a step lets in whoever has an account with an identity provider that serves many organisations: what it
 * asks of the token is met by one that was made for a stranger.
 */
export function admitsAnyToken({ who, under }: Pick<PathStep, "who" | "under">): boolean {
  if (who.kind !== "federated") return false;
  const issuer = issuerOf(who.provider);
  if (issuer === undefined) return false;
  return strangerSubjects.some((subject) => under.some((all) => isMet(all, issuer, subject)));
}

/** An audience is asked for by whoever fetches the token, unless it is what the issuer tells applications apart by. */
function isMet(all: Conjunction, issuer: string, subject: string): boolean {
  const prefix = `${issuer.toLowerCase()}:`;
  const claims = all.filter(({ key }) => key.toLowerCase().startsWith(prefix));
  return claims.every((claim) => isAudienceKey(claim.key, issuer) || admits(claim, subject));
}

function admits({ anyOf, noneOf }: Condition, value: string): boolean {
  const matches = (pattern: string) => compileGlob(tokenizeGlob(pattern))(value);
  return (anyOf.length === 0 || anyOf.some(matches)) && !noneOf.some(matches);
}
