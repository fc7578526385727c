import { Rule } from "../../policies/rule";
import { RuleVerdict, Verdict } from "./judge-rules";

/** A control of a framework with the rules that bear on it. */
export interface ControlVerdict {
  /** Number of the control, such as `8.6.3`. */
  readonly reference: string;
  readonly verdict: Verdict;
  readonly rules: readonly RuleVerdict[];
}

/** The worse one counts: what is broken, then what is open, then what was not looked at. */
const order: readonly Verdict[] = ["not met", "cannot tell", "switched off", "met", "no resource"];

/** Every control of the framework that a rule names, by number. */
export function controlsOf(framework: string, verdicts: readonly RuleVerdict[]): readonly ControlVerdict[] {
  return referencesOf(
    framework,
    verdicts.map(({ rule }) => rule),
  ).map((reference) => {
    const rules = verdicts.filter(({ rule }) => referencesOf(framework, [rule]).includes(reference));
    const verdict = order.find((one) => rules.some((rule) => rule.verdict === one)) ?? "no resource";
    return { reference, verdict, rules };
  });
}

/**
 * Numbers of the framework's controls that these rules name, in their natural order.
 *
 * @param version of the framework; any when absent
 */
export function referencesOf(framework: string, rules: readonly Rule[], version?: string): readonly string[] {
  const references = rules.flatMap(({ frameworks }) =>
    frameworks
      .filter((one) => one.name === framework && (version === undefined || one.version === version))
      .map(({ reference }) => reference),
  );
  return [...new Set(references)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
