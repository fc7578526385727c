import { Evaluation, prepareEvaluation } from "../evaluation";
import { Frame } from "./frame";
import { Numbering } from "./open-test";
import { Subject } from "./subject";
import { hasSymbol } from "./symbol";

/** One caller and one request, for the documents to look at. */
export interface Pair {
  readonly frame: Frame;
  readonly subject: Subject;
  readonly numbering: Numbering;
  /** Without context: for what does not depend on it. */
  readonly evaluation: Evaluation;
  readonly resourceHasSymbol: boolean;
}

export function pairOf(frame: Frame, subject: Subject, numbering: Numbering): Pair {
  const { principal, boundary } = subject;
  let of = frames.get(frame);
  if (of === undefined) frames.set(frame, (of = preparedFrame(frame, principal)));
  const hasBoundary = boundary !== undefined;
  return {
    frame,
    subject,
    numbering,
    evaluation: { ...of.evaluation, principal, hasBoundary },
    resourceHasSymbol: of.resourceHasSymbol,
  };
}

type PreparedFrame = Pick<Pair, "evaluation" | "resourceHasSymbol">;

/** What is the same for all callers. */
const frames = new WeakMap<Frame, PreparedFrame>();

function preparedFrame({ action, resource }: Frame, principal: Subject["principal"]): PreparedFrame {
  return {
    evaluation: prepareEvaluation({ principal, action, resource, context: {} }, false),
    resourceHasSymbol: hasSymbol(resource.arn),
  };
}
