import { ConditionBlock, PolicyDocument, Statement } from "../../../iam";
import { compilePolicy } from "../../../iam/compiled-policy";
import { AccessWorld, NamedPrincipal } from "../../../iam/proof";
import { keyFrame, secretFrame } from "../../../iam/proof/copy-frames";
import { Frame } from "../../../iam/proof/frame";
import { namedSubjects } from "../../../iam/proof/named-subjects";
import { Numbering, OpenTest } from "../../../iam/proof/open-test";
import { Pair, pairOf } from "../../../iam/proof/pair";
import { Subject } from "../../../iam/proof/subject";
import { WorldIndex } from "../../../iam/proof/world-index";
import { role, world } from "./access-worlds";

/** A read of the first secret by the principal, or its forwarded request to the key. */
export function pairIn(
  given: AccessWorld = world(),
  principal: NamedPrincipal = role("api"),
  route: Frame["route"] = "direct",
  operation = "GetSecretValue",
): Pair {
  const index = new WorldIndex(given);
  const copy = given.secrets[0]!.copies[0]!;
  const frame =
    route === "direct" ? secretFrame(operation, copy, index) : keyFrame("Decrypt", route, copy, index);
  return pairOf(frame, namedSubjects(principal, [], index)[0]!, new Numbering());
}

/** The same with another caller. */
export const pairWith = (pair: Pair, subject: Subject): Pair => pairOf(pair.frame, subject, pair.numbering);

/** The only statement of a document, compiled. */
export function compiled(statement: Statement, Version: PolicyDocument["Version"] = "2012-10-17") {
  const { allows, denies } = compilePolicy({ ...(Version && { Version }), Statement: statement });
  return [...allows, ...denies][0]!;
}

/** The only condition of a block, compiled. */
export function conditionOf(Condition: ConditionBlock, Version?: PolicyDocument["Version"]) {
  return compiled({ Effect: "Allow", Action: "*", Resource: "*", Condition }, Version ?? "2012-10-17").parts
    .conditions[0]!;
}

/** What remains of a test in one line: the keys that it asks about with their atoms, or what cannot be told. */
export function residualText(residual: boolean | OpenTest): string {
  if (typeof residual === "boolean") return residual ? "holds" : "fails";
  const { cannotTell, keys } = residual;
  if (cannotTell !== undefined)
    return `cannot tell ${cannotTell.kind} ${cannotTell.subject}: ${cannotTell.reason}`;
  const asked = keys.map(({ key, atoms }) => `${key} [${atoms.map(({ text }) => text).join(", ")}]`);
  return `asks for ${asked.join(" and ")}`;
}
