import { compileConditions, ConditionTest } from "./conditions/condition-block";
import { Evaluation } from "./evaluation";
import { compileGlob, tokenizeGlob } from "./glob";
import { OneOrMore, Statement } from "./policy-document";
import { compilePrincipal, NAMED, Naming, PrincipalMatcher } from "./principal-match";
import { compileResourcePattern } from "./resource-match";

/** A statement ready to be asked. */
export interface CompiledStatement {
  /** Zero-based position in its document. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** `NAMED.notAtAll` when the statement is not about the request, else how it names the caller. */
  readonly applies: (evaluation: Evaluation) => Naming;
  readonly parts: StatementParts;
}

/** What a statement asks, piece by piece; it applies when every piece does. */
export interface StatementParts {
  /** The action in lower case; absent when the statement is about every action. */
  readonly action?: (action: string) => boolean;
  /** Absent when the statement is about every resource. */
  readonly resource?: Test;
  readonly conditions: readonly ConditionTest[];
  readonly names: PrincipalMatcher;
  /** As written. */
  readonly statement: Statement;
  /** Whether `${...}` stands for a variable. */
  readonly variables: boolean;
}

type Test = (evaluation: Evaluation) => boolean;

/** Patterns, sets and condition tests are made here, once; asking costs no parsing. */
export function compileStatement(statement: Statement, index: number, variables: boolean): CompiledStatement {
  const parts = compileParts(statement, variables);
  return {
    index,
    ...(statement.Sid === undefined ? {} : { sid: statement.Sid }),
    effect: statement.Effect,
    applies: compileApplies(parts),
    parts,
  };
}

function compileParts(statement: Statement, variables: boolean): StatementParts {
  const action = compileActions(statement);
  const resource = compileResources(statement, variables);
  return {
    ...(action && { action }),
    ...(resource && { resource }),
    conditions: compileConditions(statement.Condition, variables),
    names: compilePrincipal(statement),
    statement,
    variables,
  };
}

function compileApplies({ action, resource, conditions, names }: StatementParts) {
  return (evaluation: Evaluation): Naming => {
    if (action !== undefined && !action(evaluation.action)) return NAMED.notAtAll;
    if (resource !== undefined && !resource(evaluation)) return NAMED.notAtAll;
    for (let position = 0; position < conditions.length; position++) {
      if (!conditions[position]!.holds(evaluation.context)) return NAMED.notAtAll;
    }
    return names(evaluation);
  };
}

/** Actions have no case; the request's is already in lower case. */
function compileActions(statement: Statement): StatementParts["action"] {
  if (statement.Action !== undefined) return compileActionList(statement.Action);
  if (statement.NotAction === undefined) return () => false;
  const matches = compileActionList(statement.NotAction);
  return matches ? (action) => !matches(action) : () => false;
}

/** `undefined` for a list that matches every action. */
function compileActionList(actions: OneOrMore): ((action: string) => boolean) | undefined {
  const patterns = listOf(actions).map((action) => action.toLowerCase());
  if (patterns.includes("*")) return undefined;
  const exact = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)));
  const globs = patterns
    .filter((pattern) => /[*?]/.test(pattern))
    .map((pattern) => compileGlob(tokenizeGlob(pattern)));
  return (action) => exact.has(action) || globs.some((glob) => glob(action));
}

/** Without `Resource` a statement is one of a trust policy, about the role it belongs to; elsewhere it has no effect. */
function compileResources(statement: Statement, variables: boolean): Test | undefined {
  if (statement.Resource !== undefined) {
    const patterns = listOf(statement.Resource);
    if (patterns.includes("*")) return undefined;
    const matchers = patterns.map((pattern) => compileResourcePattern(pattern, variables));
    return ({ resourceArn, resourceSegments, context }) =>
      matchers.some((matches) => matches(resourceArn, resourceSegments, context));
  }
  if (statement.NotResource === undefined) return isIamResource;
  const matchers = listOf(statement.NotResource).map((pattern) => compileResourcePattern(pattern, variables));
  return ({ resourceArn, resourceSegments, context }) =>
    !matchers.some((matches) => matches(resourceArn, resourceSegments, context));
}

function isIamResource({ resourceSegments }: Evaluation): boolean {
  return resourceSegments?.[2] === "iam";
}

function listOf(values: OneOrMore): readonly string[] {
  return typeof values === "string" ? [values] : values;
}
