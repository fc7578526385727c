import { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { types } from "../resource";
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

/** Come after every rule: which waivers are stale, and what is hidden. */
export function exceptionReportPolicies(exceptions: ExceptionsInForce): readonly StackValidationPolicy[] {
  let taken: ReturnType<ExceptionsInForce["takeReport"]> | undefined;
  return [
    {
      name: "stale-waivers",
      displayName: "Waivers that have expired or have nothing to waive",
      description: "A waiver ends with its finding, or on its last day.",
      enforcementLevel: "mandatory",
      severity: "medium",
      validateStack: (_, report) => {
        for (const problem of exceptions.takeProblems()) report(problem);
        taken = exceptions.takeReport();
        for (const text of taken.stale) report(text);
      },
    },
    {
      name: "hidden-findings",
      displayName: "What waivers and the baseline hide",
      description: "Findings that somebody answers for, or that were there before.",
      enforcementLevel: "advisory",
      severity: "low",
      validateStack: (_, report) => {
        const { hidden } = taken ?? exceptions.takeReport();
        taken = undefined;
        if (hidden.length > 0) report(hidden.join("\n"));
      },
    },
  ];
}
