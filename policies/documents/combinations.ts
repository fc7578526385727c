import { RequestContext } from "../../iam";
import { Candidate } from "./candidate-values";

/** Every choice of one candidate for each key, over what is fixed; an undefined candidate leaves the key out. */
export function* combinations(
  keys: readonly string[],
  choices: readonly (readonly Candidate[])[],
  chosen: RequestContext,
): Generator<RequestContext> {
  const [key, ...otherKeys] = keys;
  const [values, ...otherChoices] = choices;
  if (key === undefined || values === undefined) {
    yield chosen;
    return;
  }
  for (const value of values) {
    yield* combinations(otherKeys, otherChoices, value === undefined ? chosen : { ...chosen, [key]: value });
  }
}
