import { PolicyDocument, statementsOf } from "../../iam";
import { compileGlob, tokenizeGlob } from "../../iam/glob";
import { list } from "./document-facts";
import { once } from "../stack/once";

type ActionTest = (action: string) => boolean;

/** Whether some Allow statement of the document is about the action, whatever else it asks for; quick to say no. */
export function mayAllow(document: PolicyDocument, action: string): boolean {
  return testOf(document)(action.toLowerCase());
}

const testOf = once((document: PolicyDocument): ActionTest => {
  const allows = statementsOf(document).filter(({ Effect: effect }) => effect === "Allow");
  const patterns = [...new Set(allows.flatMap(({ Action: actions }) => list(actions)))].map((one) =>
    one.toLowerCase(),
  );
  const exact = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)));
  const globs = patterns
    .filter((pattern) => /[*?]/.test(pattern))
    .map((pattern) => compileGlob(tokenizeGlob(pattern)));
  const others = allows.some(({ NotAction: actions }) => actions !== undefined);
  return (action) => others || exact.has(action) || globs.some((matches) => matches(action));
});
