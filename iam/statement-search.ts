import { AttachedPolicy, StatementRef } from "./decision";
import { CompiledStatement } from "./compiled-statement";
import { Evaluation } from "./evaluation";
import { NAMED, Naming } from "./principal-match";

/** A statement that was found, not yet in the words of the explanation. */
export interface FoundStatement {
  readonly attached: AttachedPolicy;
  readonly statement: CompiledStatement;
  readonly naming: Naming;
}

/** The first statement that denies. */
export function findDeny(
  policies: readonly AttachedPolicy[],
  evaluation: Evaluation,
): FoundStatement | undefined {
  for (let index = 0; index < policies.length; index++) {
    const found = findDenyIn(policies[index]!, evaluation);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As `findDeny`, of one document. */
export function findDenyIn(attached: AttachedPolicy, evaluation: Evaluation): FoundStatement | undefined {
  const { denies } = attached.policy;
  for (let index = 0; index < denies.length; index++) {
    const statement = denies[index]!;
    const naming = statement.applies(evaluation);
    if (naming !== NAMED.notAtAll) return { attached, statement, naming };
  }
  return undefined;
}

/** The first statement that allows, however it names the caller. */
export function findAllow(
  policies: readonly AttachedPolicy[],
  evaluation: Evaluation,
): FoundStatement | undefined {
  for (let index = 0; index < policies.length; index++) {
    const attached = policies[index]!;
    const { allows } = attached.policy;
    for (let position = 0; position < allows.length; position++) {
      const statement = allows[position]!;
      const naming = statement.applies(evaluation);
      if (naming !== NAMED.notAtAll) return { attached, statement, naming };
    }
  }
  return undefined;
}

/** The statement of a resource's policy that names the caller most closely. */
export function findClosestAllow(
  attached: AttachedPolicy,
  evaluation: Evaluation,
): FoundStatement | undefined {
  let closest: FoundStatement | undefined;
  const { allows } = attached.policy;
  for (let index = 0; index < allows.length; index++) {
    const statement = allows[index]!;
    const naming = statement.applies(evaluation);
    if (naming > (closest?.naming ?? NAMED.notAtAll)) closest = { attached, statement, naming };
    if (naming === NAMED.directly) break;
  }
  return closest;
}

/** How the explanation names the statement. */
export function refTo(found: FoundStatement): StatementRef {
  const { index, sid } = found.statement;
  return { source: found.attached.source, index, ...(sid === undefined ? {} : { sid }) };
}

/** The documents that were looked at, as the explanation names them. */
export function sourcesOf(policies: readonly AttachedPolicy[]): readonly string[] {
  return policies.map(({ source }) => source);
}
