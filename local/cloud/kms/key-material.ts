import { randomBytes } from "crypto";
import { Call } from "../core/operation";

/** New key material of 256 bits, sealed for the store. */
export function newMaterial(call: Pick<Call, "sealer">): string {
  return call.sealer.seal(randomBytes(32));
}
