import {
  Policies,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { Organization, organizationSettings } from "./organization";
import { types } from "./stack/resource";
import { GraphRule, isAbout, ResourceRule, Rule } from "./rule";
import { Run } from "./run";
import { withDefaults } from "./setting";
import { exceptionReportPolicies, waiversPolicy } from "./waivers/waiver-policies";

type Report = (message: string, urn?: string) => void;

/** The pack as `@pulumi/policy` takes it: each rule under its own name, with its settings, between the pack's own. */
export function policiesOf(rules: readonly Rule[]): Policies {
  const run = new Run(rules);
  const own = rules.map((rule, index) =>
    rule.kind === "resource" ? resourcePolicy(rule, run) : graphPolicy(rule, run, index + 1),
  );
  return [
    waiversPolicy(run.exceptions),
    organizationPolicy(run),
    secretsPolicy(run),
    ...own,
    undecidedPolicy(run),
    ...exceptionReportPolicies(run.exceptions, () => run.isJudged()),
  ];
}

/** Holds the settings that all rules share. Finds nothing itself. */
function organizationPolicy(run: Run): StackValidationPolicy {
  return {
    name: "organization",
    displayName: "Settings: the organisation this pack guards",
    description: "The organisation, the accounts and the Regions that the other rules allow.",
    enforcementLevel: "advisory",
    severity: "low",
    configSchema: { properties: organizationSettings },
    validateStack: (args) => {
      run.organization = withDefaults(organizationSettings, args.getConfig()) as Organization;
      run.graphFor(0, args);
      return run.judgeAhead();
    },
  };
}

/**
 * Sees which inputs are secrets. Only a policy of level `remediate` is shown that; this one changes nothing. With another
 * level the other rules go without.
 */
function secretsPolicy(run: Run): ResourceValidationPolicy {
  return {
    name: "secrets-of-the-program",
    displayName: "Sees which values Pulumi keeps as secrets",
    description: "Looks which inputs are Pulumi secrets. Changes nothing; leave its level at remediate.",
    enforcementLevel: "remediate",
    severity: "low",
    remediateResource: ({ urn, props }) => run.noteSecrets(urn, props),
  };
}

function resourcePolicy(rule: ResourceRule, run: Run): ResourceValidationPolicy {
  const validate = (args: ResourceValidationArgs, report: Report) => {
    if (!isAbout(rule, args.type)) return undefined;
    const resource = run.note(args);
    return after(rule.prepare?.(resource), () => {
      const findings = rule.check(resource, withDefaults(rule.settings, args.getConfig()));
      run.say(rule, args.urn, findings, (message) => report(message));
    });
  };
  // What the SDK's own `validateResourceOfType` sets: other resources are not even read.
  const only = typeof rule.appliesTo === "string" ? { __pulumiType: rule.appliesTo } : {};
  return { ...metadata(rule), validateResource: Object.assign(validate, only) };
}

function graphPolicy(rule: GraphRule, run: Run, position: number): Policies[number] {
  const validateStack: StackValidationPolicy["validateStack"] = (args, report) => {
    const ahead = run.saidAhead(rule);
    if (ahead !== undefined) return ahead.forEach(({ message, urn }) => report(message, urn));
    const graph = run.graphFor(position, args);
    return after(rule.prepare?.(graph), () => {
      const findings = rule.check(graph, withDefaults(rule.settings, args.getConfig()), run.organization);
      run.say(rule, "", findings, report);
    });
  };
  const policy = {
    ...metadata(rule),
    validateResource: eachResource(rule, run),
    // Without this member the SDK does not unpack the stack for the policy.
    get validateStack() {
      return run.saidAhead(rule)?.length === 0 ? undefined : validateStack;
    },
  };
  return policy as StackValidationPolicy;
}

/** Takes the rule's settings, from the stack's own resource where the rule looks at no single ones. */
function eachResource({ checkEach, ...rule }: GraphRule, run: Run) {
  const validate = (args: ResourceValidationArgs, report: Report) => {
    const settings = args.getConfig();
    run.configure(rule, settings);
    if (checkEach === undefined) return;
    const findings = checkEach(run.note(args), withDefaults(rule.settings, settings));
    run.say(rule, args.urn, findings, (message) => report(message));
  };
  return checkEach === undefined ? Object.assign(validate, { __pulumiType: types.stack }) : validate;
}

/** At once when there is nothing to wait for: a promise for each rule and resource costs more than most rules. */
function after(ready: Promise<void> | undefined, work: () => void): Promise<void> | undefined {
  if (ready !== undefined) return ready.then(work);
  work();
  return undefined;
}

function undecidedPolicy(run: Run): StackValidationPolicy {
  const validateStack: StackValidationPolicy["validateStack"] = (_, report) => {
    const text = run.notes.takeText();
    if (text !== "") report(text);
  };
  const policy = {
    name: "undecided",
    displayName: "What cannot be told yet",
    description: "Some rules cannot be judged before the update has made the values they look at.",
    enforcementLevel: "advisory" as const,
    severity: "low" as const,
    get validateStack() {
      return run.isJudged() && run.notes.isEmpty() ? undefined : validateStack;
    },
  };
  return policy as StackValidationPolicy;
}

function metadata(rule: Rule) {
  const [framework] = rule.frameworks;
  return {
    name: rule.id,
    displayName: `${rule.code} ${rule.title}`,
    description: `${rule.code}: ${rule.title}.`,
    enforcementLevel: rule.enforcement ?? ("mandatory" as const),
    severity: rule.severity,
    remediationSteps: rule.remediation,
    configSchema: { properties: { ...rule.settings } },
    tags: [
      rule.code,
      ...rule.frameworks.map(({ name, version, reference }) => `${name} ${version}: ${reference}`),
    ],
    ...(framework === undefined ? {} : { framework: { ...framework, specification: rule.title } }),
  };
}
