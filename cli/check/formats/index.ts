import { Rule } from "../../../policies/rule";
import { CheckResult } from "../finding";
import { renderJson } from "./json";
import { renderJunit } from "./junit";
import { renderMarkdown } from "./markdown";
import { renderSarif } from "./sarif";
import { renderTable } from "./table";

/** What a format needs besides the result. */
export interface FormatContext {
  readonly rules: readonly Rule[];
  /** Whether colours may be used: standard output is a terminal. */
  readonly colour: boolean;
}

interface FormatWriter {
  /** Ends of file names by which the format is told; the longest first where one ends another. */
  readonly endings: readonly string[];
  readonly render: (result: CheckResult, context: FormatContext) => string;
}

/** Everything a check can be written as. */
export const formats = {
  table: { endings: [".txt"], render: renderTable },
  sarif: { endings: [".sarif", ".sarif.json"], render: renderSarif },
  junit: { endings: [".xml"], render: renderJunit },
  markdown: { endings: [".md"], render: renderMarkdown },
  json: { endings: [".json"], render: renderJson },
} as const satisfies Readonly<Record<string, FormatWriter>>;

export type Format = keyof typeof formats;
