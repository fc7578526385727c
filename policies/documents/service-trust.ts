import { compilePolicy, decide, PolicyDocument, RequestContext } from "../../iam";
import { candidateValues } from "./candidate-values";
import { combinations } from "./combinations";
import { factsOf } from "./document-facts";
import { Answer, Target } from "./probe";
import { outsider } from "./requester";

const stranger = "000000000000";

/** What a service says of an account that no document names: with its source, and without any. */
const sources: readonly RequestContext[] = [
  {
    "aws:sourceaccount": stranger,
    "aws:sourcearn": `arn:aws:strongroom-unrelated:us-east-1:${stranger}:thing/any`,
    "aws:sourceorgid": "o-anyotherone",
    "aws:sourceorgpaths": ["o-anyotherone/r-any0/"],
  },
  { "aws:sourceaccount": [], "aws:sourcearn": [], "aws:sourceorgid": [], "aws:sourceorgpaths": [] },
];

/** Requests tried. */
const budget = 5_000;

/**
 * Whether a document lets a service in that acts for an account which the document is not about.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function admitsConfusedDeputy(
  document: PolicyDocument,
  service: string,
  { actions, resourceArns, accountId }: Target,
): Answer["kind"] {
  const { literals } = factsOf(document);
  const world = { identity: [], resource: { source: "policy", policy: compilePolicy(document) } };
  let left = budget;
  for (const source of sources) {
    const fixed = { "aws:principalisawsservice": "true", "aws:principalservicename": service, ...source };
    const keys = [...literals.keys()].filter((key) => !(key in fixed));
    const choices = keys.map((key) => candidateValues(key, literals, outsider));
    for (const context of combinations(keys, choices, fixed)) {
      for (const action of actions) {
        for (const arn of resourceArns) {
          if (left-- === 0) return "too-complex";
          const principal = { kind: "service", service } as const;
          if (decide({ principal, action, resource: { arn, accountId }, context }, world).allowed)
            return "admitted";
        }
      }
    }
  }
  return "refused";
}
