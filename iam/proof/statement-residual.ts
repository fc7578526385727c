import { CompiledStatement, StatementParts } from "../compiled-statement";
import { RequestPrincipal } from "../access-request";
import { NAMED, Naming } from "../principal-match";
import { literalAtom } from "./atom";
import { captures } from "./captures";
import { conditionResidual, Residual } from "./condition-residual";
import { symbolicTextsOf, textsOf } from "./document-texts";
import { keyState } from "./frame";
import { OpenTest, undecidable } from "./open-test";
import { Pair } from "./pair";
import { hasSymbol } from "./symbol";
import { certainlyMatches, mayComeToMatch } from "./symbol-match";

/** What remains of a statement: it applies when all the tests hold, and then names the caller so. */
export interface OpenStatement {
  readonly naming: Naming;
  readonly tests: readonly OpenTest[];
}

const NO_TESTS: readonly OpenTest[] = [];
const ALWAYS = [0, 1, 2, 3].map((naming): OpenStatement => ({ naming: naming as Naming, tests: NO_TESTS }));

/** `undefined` when the statement, whose action matches, is certainly not about the pair. */
export function statementResidual({ parts }: CompiledStatement, pair: Pair): OpenStatement | undefined {
  let naming = parts.names(pair.evaluation);
  let tests: OpenTest[] | undefined;
  if (naming === NAMED.notAtAll) {
    const unknown = namedLater(parts, pair);
    if (unknown === undefined) return undefined;
    naming = NAMED.byRole;
    tests = [unknown];
  }
  const resource = resourceResidual(parts, pair);
  if (resource === false) return undefined;
  if (resource !== true) tests = [...(tests ?? []), resource];
  for (const condition of parts.conditions) {
    const residual = conditionResidual(condition, pair);
    if (residual === false) return undefined;
    if (residual !== true) (tests ??= []).push(residual);
  }
  return tests === undefined ? ALWAYS[naming] : { naming, tests };
}

/** The principal, or one that the statement names, is not known yet and may turn out to be the other. */
function namedLater(parts: StatementParts, { subject, numbering, frame }: Pair): OpenTest | undefined {
  const arn = arnOf(subject.principal);
  if (arn === undefined || (!symbolicTextsOf(parts).principal && !hasSymbol(arn))) return undefined;
  const open = textsOf(parts).principals.find((name) => mayComeToMatch(name, arn));
  if (open === undefined) return undefined;
  return undecidable(numbering, frame, {
    kind: "value",
    subject: open,
    reason: `${arn} may turn out to be it`,
  });
}

function arnOf(principal: RequestPrincipal): string | undefined {
  if (principal.kind === "role-session") return principal.roleArn;
  return principal.kind === "user" ? principal.arn : undefined;
}

function resourceResidual(parts: StatementParts, pair: Pair): Residual {
  if (parts.resource === undefined) return true;
  const { resources, resourceVariables } = textsOf(parts);
  if (resourceVariables.length > 0) return resourceWithVariables(parts, resourceVariables, pair);
  const holds = parts.resource(pair.evaluation);
  if (!pair.resourceHasSymbol && !symbolicTextsOf(parts).resource) return holds;
  const isMatched = parts.statement.Resource === undefined ? !holds : holds;
  const { arn } = pair.frame.resource;
  if (isMatched && resources.some((pattern) => certainlyMatches(pattern, arn))) return holds;
  const open =
    resources.find((pattern) => mayComeToMatch(pattern, arn)) ?? (isMatched ? resources[0] : undefined);
  if (open === undefined) return holds;
  const reason = `${arn} may turn out to be it`;
  return undecidable(pair.numbering, pair.frame, { kind: "value", subject: open, reason });
}

function resourceWithVariables(parts: StatementParts, variables: readonly string[], pair: Pair): Residual {
  const { frame, subject, numbering, evaluation } = pair;
  const { resources } = textsOf(parts);
  const context: Record<string, string | readonly string[]> = {};
  const open: string[] = [];
  for (const key of variables) {
    const state = keyState(frame, subject, key);
    if (state.kind !== "fixed") open.push(key);
    else if (state.value !== undefined) context[key] = state.value;
  }
  const holds = (values: typeof context) => parts.resource!({ ...evaluation, context: values });
  if (open.length === 0) return holds(context);
  const [key] = open;
  const state = keyState(frame, subject, key!);
  const pieces = resources.map((pattern) => captures(pattern, key!, frame.resource.arn, context));
  if (open.length > 1 || state.kind !== "free" || pieces.includes(undefined)) {
    const given = {
      kind: "relation",
      subject: resources.join(", "),
      reason: "the variables in it are open",
    } as const;
    return undecidable(numbering, frame, given);
  }
  const atoms = pieces.flatMap((list) => list ?? []).map(literalAtom);
  return {
    id: numbering.of(`resource ${resources.join(" ")} of ${frame.resource.arn} ${JSON.stringify(context)}`),
    keys: [{ key: key!, domain: state.domain, atoms }],
    frame,
    holds: (valueOf) => {
      const value = valueOf(key!);
      return holds(value === undefined ? context : { ...context, [key!]: value });
    },
  };
}
