import { statementsOf } from "./compiled-policy";
import {
  ConditionBlock,
  ConditionValues,
  PolicyDocument,
  PrincipalElement,
  Statement,
} from "./policy-document";

/**
 * The one text of a document: no white space, elements in AWS's order, lists sorted and without repetitions, a list of
 * one as the value itself. Two documents that differ only in order and brackets render alike. Statements keep their
 * order and always stand in brackets.
 */
export function renderPolicy(document: PolicyDocument): string {
  return JSON.stringify({
    Version: document.Version,
    Id: document.Id,
    Statement: statementsOf(document).map(canonicalStatement),
  });
}

function canonicalStatement(statement: Statement): Record<string, unknown> {
  return {
    Sid: statement.Sid,
    Effect: statement.Effect,
    Principal: canonicalPrincipal(statement.Principal),
    NotPrincipal: canonicalPrincipal(statement.NotPrincipal),
    Action: canonicalList(statement.Action),
    NotAction: canonicalList(statement.NotAction),
    Resource: canonicalList(statement.Resource),
    NotResource: canonicalList(statement.NotResource),
    Condition: canonicalCondition(statement.Condition),
  };
}

function canonicalPrincipal(element: PrincipalElement | undefined): unknown {
  if (element === undefined || element === "*") return element;
  return sortedEntries(element, canonicalList);
}

function canonicalCondition(block: ConditionBlock | undefined): unknown {
  return block && sortedEntries(block, (keys) => sortedEntries(keys, canonicalList));
}

function sortedEntries<Value>(
  object: Readonly<Record<string, Value>>,
  render: (value: Value) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object)
      .sort(([one], [other]) => compare(one, other))
      .map(([key, value]) => [key, render(value)]),
  );
}

function canonicalList(values: ConditionValues | undefined): unknown {
  if (!Array.isArray(values)) return values;
  const sorted = [...new Set(values as readonly (string | number | boolean)[])].sort((one, other) =>
    compare(String(one), String(other)),
  );
  return sorted.length === 1 ? sorted[0] : sorted;
}

/** By code unit, so that no locale has a say. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
