import { PathStep } from "./answer";
import { NamedPrincipal } from "./world";

/** A principal with other permissions than it has, and the steps after which it has them. */
export interface Widened {
  readonly changed: NamedPrincipal;
  readonly steps: readonly PathStep[];
}

/** A principal that somebody can give other permissions. */
export interface Widenable {
  readonly principal: NamedPrincipal;
  readonly widenings: readonly Widened[];
}
