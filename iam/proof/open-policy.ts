import { CompiledPolicy } from "../compiled-policy";
import { CompiledStatement } from "../compiled-statement";
import { AttachedPolicy } from "../decision";
import { NAMED, Naming } from "../principal-match";
import { actionView } from "./action-view";
import { looksAtCallerOnly } from "./caller-only";
import { undecidable } from "./open-test";
import { Pair } from "./pair";
import { FAILS, HOLDS, Slate } from "./slate";
import { OpenStatement, statementResidual } from "./statement-residual";
import { Subject } from "./subject";
import { isKnown, UnknownDocument, WorldDocument } from "./world";

/** Statements of a problem, and the text by which an equal problem is found. */
export interface Draft {
  readonly slate: Slate;
  readonly signature: string[];
  /** Statements whose application is open, as places on the slate. */
  readonly open: (readonly number[])[];
  /** Whether all of them are denials; absent while none is open. */
  onlyDenials?: boolean;
}

/** Thrown when a document denies whatever the circumstances; caught where the problem is put together. */
export const DENIED = Symbol("denied");

/** Whether the statement of an opened document applies whatever the circumstances. */
export function isCertain({ applies, parts }: CompiledStatement): boolean {
  return applies === parts.names;
}

type Effect = CompiledStatement["effect"];

const EMPTY: readonly CompiledStatement[] = [];

/**
 * The document as it is for one caller and one request, its conditions answered by the slate.
 *
 * @throws DENIED when it denies in any case and `mayThrow`
 */
export function openPolicy(
  document: WorldDocument,
  pair: Pair,
  draft: Draft,
  mayThrow = true,
): AttachedPolicy {
  if (!isKnown(document)) return unknownPolicy(document, pair, draft);
  const view = actionView(document.policy, pair.evaluation.action);
  const known = knownFor(view, pair);
  const cached = known?.get(view);
  const opened = cached ?? openView(document, view, pair, draft);
  if (cached !== undefined) draft.signature.push(cached.signature);
  else if (!opened.isOpen) known?.set(view, opened);
  if (mayThrow && opened.denies) throw DENIED;
  return opened.attached;
}

/** As {@link openPolicy} of each; what does not look beyond the caller is done once for each caller. */
export function openAll(
  documents: readonly WorldDocument[],
  pair: Pair,
  draft: Draft,
  mayThrow = true,
): readonly AttachedPolicy[] {
  if (documents.length === 0) return NO_POLICIES;
  const { subject, frame } = pair;
  let ofSubject = lists.get(subject);
  if (ofSubject === undefined) lists.set(subject, (ofSubject = new Map()));
  let ofList = ofSubject.get(documents);
  if (ofList === undefined) ofSubject.set(documents, (ofList = new Map()));
  const place = `${frame.action} ${frame.region} ${frame.route}`;
  const known = ofList.get(place);
  if (known !== undefined) {
    draft.signature.push(known.signature);
    return known.policies;
  }
  const [said, opened] = [draft.signature.length, draft.open.length];
  const policies = documents.map((document) => openPolicy(document, pair, draft, mayThrow));
  if (
    draft.open.length === opened &&
    documents.every(
      (one) => isKnown(one) && looksAtCallerOnly(actionView(one.policy, pair.evaluation.action)),
    )
  ) {
    ofList.set(place, { policies, signature: draft.signature.slice(said).join() });
  }
  return policies;
}

interface OpenedList {
  readonly policies: readonly AttachedPolicy[];
  readonly signature: string;
}

const NO_POLICIES: readonly AttachedPolicy[] = [];
const lists = new WeakMap<Subject, Map<readonly WorldDocument[], Map<string, OpenedList>>>();

interface Opened {
  readonly attached: AttachedPolicy;
  readonly signature: string;
  /** Whether some statement's application is open. */
  readonly isOpen: boolean;
  /** Whether it denies in any case. */
  readonly denies: boolean;
}

function openView({ source }: AttachedPolicy, view: CompiledPolicy, pair: Pair, draft: Draft): Opened {
  const { signature, open } = draft;
  const [said, opened] = [signature.length, open.length];
  const denies = statementsOf(view.denies, pair, draft);
  const allows = statementsOf(view.allows, pair, draft);
  return {
    attached: { source, policy: { document: view.document, denies, allows } },
    signature: signature.slice(said).join(),
    isOpen: open.length > opened,
    denies: denies.some((statement) => statement === ALWAYS.Deny[NAMED.directly]),
  };
}

/** What documents came to that look at nothing but the caller, the Region and the way. */
function knownFor(view: CompiledPolicy, { subject, frame }: Pair): Map<CompiledPolicy, Opened> | undefined {
  if (!looksAtCallerOnly(view)) return undefined;
  let ofSubject = callers.get(subject);
  if (ofSubject === undefined) callers.set(subject, (ofSubject = new Map()));
  const place = `${frame.region} ${frame.route}`;
  let known = ofSubject.get(place);
  if (known === undefined) ofSubject.set(place, (known = new Map()));
  return known;
}

const callers = new WeakMap<Subject, Map<string, Map<CompiledPolicy, Opened>>>();

function statementsOf(
  statements: readonly CompiledStatement[],
  pair: Pair,
  draft: Draft,
): readonly CompiledStatement[] {
  if (statements.length === 0) return EMPTY;
  const found: CompiledStatement[] = [];
  for (const statement of statements) {
    const residual = statementResidual(statement, pair);
    if (residual === undefined) continue;
    // How a denial names the caller makes no difference.
    const naming = statement.effect === "Deny" ? NAMED.directly : residual.naming;
    found.push(openStatement(statement.effect, naming, residual.tests, draft));
  }
  return found;
}

function openStatement(
  effect: Effect,
  naming: Naming,
  tests: OpenStatement["tests"],
  draft: Draft,
): CompiledStatement {
  const { slate, signature, open } = draft;
  if (tests.length === 0) {
    signature.push(`${effect[0]!}${naming}`);
    return ALWAYS[effect][naming];
  }
  const places = tests.map((test) => slate.place(test));
  signature.push(`${effect[0]!}${naming}[${tests.map(({ id }) => id).join()}]`);
  open.push(places);
  draft.onlyDenials = (draft.onlyDenials ?? true) && effect === "Deny";
  const whenUndecided = effect === "Allow";
  return {
    ...ALWAYS[effect][naming],
    applies: () => {
      const all = slate.all(places);
      if (all === HOLDS) return naming;
      return all !== FAILS && slate.inFavour === whenUndecided ? naming : NAMED.notAtAll;
    },
  };
}

function unknownPolicy(
  { source, unknown }: UnknownDocument,
  { numbering, frame }: Pair,
  draft: Draft,
): AttachedPolicy {
  const cannotTell = { kind: "document", subject: source, reason: unknown } as const;
  const statement = (effect: Effect) => {
    const test = undecidable(numbering, frame, cannotTell, `${effect} ${frame.action}`);
    return openStatement(effect, NAMED.directly, [test], draft);
  };
  return { source, policy: { ...NOTHING, allows: [statement("Allow")], denies: [statement("Deny")] } };
}

const NOTHING: CompiledPolicy = { document: { Statement: [] }, allows: [], denies: [] };
const ALWAYS = { Allow: always("Allow"), Deny: always("Deny") };

/** One statement for each way of naming the caller, that always applies. */
function always(effect: Effect): Readonly<Record<Naming, CompiledStatement>> {
  const statement = (naming: Naming): CompiledStatement => {
    const applies = () => naming;
    const parts = { conditions: [], names: applies, statement: { Effect: effect }, variables: false };
    return { index: 0, effect, applies, parts };
  };
  return { 0: statement(0), 1: statement(1), 2: statement(2), 3: statement(3) };
}
