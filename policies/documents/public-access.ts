import { PolicyDocument } from "../../iam";
import { ask, Answer, Target } from "./probe";
import { anonymous, loner, outsider } from "./requester";

/** Whether somebody outside every account and organisation that a document names gets through, and who. */
export function publicAccess(
  document: PolicyDocument,
  target: Target,
): { readonly who: string; readonly answer: Answer } {
  const classes = [
    { who: "anybody, without credentials", requester: anonymous },
    { who: "any AWS account", requester: loner },
    { who: "any AWS account of another organisation", requester: outsider },
  ];
  let complex: { readonly who: string; readonly answer: Answer } | undefined;
  for (const { who, requester } of classes) {
    const answer = ask(document, requester, target);
    if (answer.kind === "admitted") return { who, answer };
    if (answer.kind === "too-complex") complex ??= { who, answer };
  }
  return complex ?? { who: "nobody", answer: { kind: "refused" } };
}
