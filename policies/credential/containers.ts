import { assignmentsIn } from "./assignments";
import { membersOf, NamedText } from "./members";

/** Members that say what to run; what they set stands in their words. */
const programs = /^(command|entryPoint)$/;

/** What a JSON list of container definitions sets: variables and other members by name, and what commands set. */
export function containerAssignments(definitions: string): readonly NamedText[] {
  return membersOf(definitions).flatMap((member) =>
    programs.test(member.name) ? assignmentsIn(member.text) : [member],
  );
}
