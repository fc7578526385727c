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
    const { hidden } = taken ?? exceptions.takeReport();
    taken = undefined;
    if (hidden.length > 0) report(hidden.join("\n"));
  };
  // A policy without this member is left out by the SDK, which else unpacks the whole stack for it.
  const unlessEmpty = (validate: StackValidationPolicy["validateStack"]) =>
    isJudged() && exceptions.isEmpty() ? undefined : validate;
  const policies = [
    {
      name: "stale-waivers",
      displayName: "Waivers that have expired or have nothing to waive",
      description: "A waiver ends with its finding, or on its last day.",
      enforcementLevel: "mandatory" as const,
      severity: "medium" as const,
      get validateStack() {
        return unlessEmpty(reportStale);
      },
    },
    {
      name: "hidden-findings",
      displayName: "What waivers and the baseline hide",
      description: "Findings that somebody answers for, or that were there before.",
      enforcementLevel: "advisory" as const,
      severity: "low" as const,
      get validateStack() {
        return unlessEmpty(reportHidden);
      },
    },
  ];
  return policies as StackValidationPolicy[];
}
