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
  const { action, resource } = frame;
  return {
    frame,
    subject,
    numbering,
    evaluation: prepareEvaluation({ principal, action, resource, context: {} }, boundary !== undefined),
    resourceHasSymbol: hasSymbol(resource.arn),
  };
}
