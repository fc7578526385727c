import { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { types } from "../stack/resource";
import { ExceptionsInForce } from "./exceptions-in-force";
import { waiverSettings } from "./settings";

/** Holds the settings of the waivers, which it takes from the stack's own resource, the first that is judged. */
export function waiversPolicy(exceptions: ExceptionsInForce): ResourceValidationPolicy {
  return {
    name: "waivers",
    displayName: "Settings: the waivers and the baseline",
    description: "A file of waivers or a baseline that has a problem hides nothing.",
    enforcementLevel: "mandatory",
    severity: "medium",
    configSchema: { properties: { ...waiverSettings } },
    validateResource: Object.assign(
      ((args, report) => {
        exceptions.configure(args.getConfig());
        exceptions.noteStack(args.urn);
        for (const problem of exceptions.takeProblems()) report(problem);
      }) satisfies ResourceValidationPolicy["validateResource"],
      { __pulumiType: types.stack },
    ),
  };
}

const stale = {
  name: "stale-waivers",
  displayName: "Waivers that have expired or have nothing to waive",
  description: "A waiver ends with its finding, or on its last day.",
  enforcementLevel: "mandatory",
  severity: "medium",
} as const;

const hidden = {
  name: "hidden-findings",
  displayName: "What waivers and the baseline hide",
  description: "Findings that somebody answers for, or that were there before.",
  enforcementLevel: "advisory",
  severity: "low",
} as const;

/**
 * Come after every rule: which waivers are stale, and what is hidden.
 *
 * @param isJudged whether every rule has spoken: without waivers there is then nothing to come
 */
export function exceptionReportPolicies(
  exceptions: ExceptionsInForce,
  isJudged: () => boolean,
): readonly StackValidationPolicy[] {
  let taken: ReturnType<ExceptionsInForce["takeReport"]> | undefined;
  const reportStale: StackValidationPolicy["validateStack"] = (_, report) => {
    for (const problem of exceptions.takeProblems()) report(problem);
    taken = exceptions.takeReport();
    for (const text of taken.stale) report(text);
  };
  const reportHidden: StackValidationPolicy["validateStack"] = (_, report) => {
    const { hidden: lines } = taken ?? exceptions.takeReport();
    taken = undefined;
    if (lines.length > 0) report(lines.join("\n"));
  };
  // A policy without this member is left out by the SDK, which else unpacks the whole stack for it.
  const unlessEmpty = (validate: StackValidationPolicy["validateStack"]) =>
    isJudged() && exceptions.isEmpty() ? undefined : validate;
  return [
    validatedBy(stale, () => unlessEmpty(reportStale)),
    validatedBy(hidden, () => unlessEmpty(reportHidden)),
  ];
}

/** Asks for the function anew each time the SDK looks whether there is one. */
function validatedBy(
  policy: Omit<StackValidationPolicy, "validateStack">,
  validate: () => StackValidationPolicy["validateStack"] | undefined,
): StackValidationPolicy {
  return Object.defineProperty({ ...policy }, "validateStack", {
    get: validate,
    enumerable: true,
  }) as StackValidationPolicy;
}
