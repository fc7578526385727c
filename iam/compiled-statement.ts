import { compileConditions } from "./conditions/condition-block";
import { Evaluation } from "./evaluation";
import { compileGlob, tokenizeGlob } from "./glob";
import { OneOrMore, Statement } from "./policy-document";
import { compilePrincipal, NAMED, Naming } from "./principal-match";
import { compileResourcePattern } from "./resource-match";

/** A statement ready to be asked. */
export interface CompiledStatement {
  /** Zero-based position in its document. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** `NAMED.notAtAll` when the statement is not about the request, else how it names the caller. */
  readonly applies: (evaluation: Evaluation) => Naming;
}

type Test = (evaluation: Evaluation) => boolean;

/** Patterns, sets and condition tests are made here, once; asking costs no parsing. */
export function compileStatement(statement: Statement, index: number, variables: boolean): CompiledStatement {
  const names = compilePrincipal(statement);
  const tests = [
    compileActions(statement),
    compileResources(statement, variables),
    compileConditions(statement.Condition, variables),
  ].filter((test) => test !== undefined);
  return {
    index,
    ...(statement.Sid === undefined ? {} : { sid: statement.Sid }),
    effect: statement.Effect,
    applies: (evaluation) => {
      for (let position = 0; position < tests.length; position++) {
        if (!tests[position]!(evaluation)) return NAMED.notAtAll;
      }
      return names(evaluation);
    },
  };
}

/** Actions have no case; the request's is already in lower case. */
function compileActions(statement: Statement): Test | undefined {
  if (statement.Action !== undefined) {
    const matches = compileActionList(statement.Action);
    return matches && ((evaluation) => matches(evaluation.action));
  }
  if (statement.NotAction === undefined) return () => false;
  const matches = compileActionList(statement.NotAction);
  return matches ? (evaluation) => !matches(evaluation.action) : () => false;
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
