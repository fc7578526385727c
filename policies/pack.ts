import {
  Policies,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { buildGraph, Graph } from "./graph";
import { anyOrganization, Organization, organizationSettings } from "./organization";
import { Path, Resource } from "./resource";
import { Finding, GraphRule, isAbout, ResourceRule, Rule } from "./rule";
import { withDefaults } from "./setting";
import { secretPathsOf } from "./taint/secret-paths";
import { UndecidedNotes } from "./undecided";

type Report = (message: string, urn?: string) => void;

/** What the policies of one process share over a run: they are called one after the other, in the pack's order. */
class Run {
  readonly notes = new UndecidedNotes();
  organization: Organization = anyOrganization;
  private readonly inputs = new Map<string, Resource["inputs"]>();
  private readonly secretPaths = new Map<string, readonly Path[]>();
  private graph: Graph | undefined;
  private position = -1;

  /** Keeps what the program gave for the graph, which is built from outputs. Returns the resource with its secrets. */
  note(args: ResourceValidationArgs): Resource {
    this.inputs.set(args.urn, args.props);
    const secretPaths = this.secretPaths.get(args.urn);
    return secretPaths === undefined ? args : { ...args, secretPaths };
  }

  /** Keeps which inputs are secrets, which the SDK shows once a resource and before everything else. */
  noteSecrets(urn: string, props: unknown): void {
    this.secretPaths.set(urn, secretPathsOf(props));
  }

  /**
   * The graph of the run, built once. Each policy gets resource objects of its own, so that the run is told by the order:
   * a policy that does not come after the last one begins another.
   */
  graphFor(position: number, args: StackValidationArgs): Graph {
    if (this.graph === undefined || position <= this.position) {
      const { resources } = args;
      for (const resource of resources) {
        const inputs = this.inputs.get(resource.urn);
        if (inputs !== undefined) Object.assign(resource, { inputs });
        const secretPaths = this.secretPaths.get(resource.urn);
        if (secretPaths !== undefined) Object.assign(resource, { secretPaths });
      }
      this.graph = buildGraph(resources);
    }
    this.position = position;
    return this.graph;
  }
}

/** The pack as `@pulumi/policy` takes it: each rule under its own name, with its settings, between the pack's own. */
export function policiesOf(rules: readonly Rule[]): Policies {
  const run = new Run();
  const own = rules.map((rule, index) =>
    rule.kind === "resource" ? resourcePolicy(rule, run) : graphPolicy(rule, run, index + 1),
  );
  return [organizationPolicy(run), secretsPolicy(run), ...own, undecidedPolicy(run)];
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
      run.notes.set(rule.code, args.urn, findings);
      for (const message of messages(findings)) report(message.text);
    });
  };
  // What the SDK's own `validateResourceOfType` sets: other resources are not even read.
  const only = typeof rule.appliesTo === "string" ? { __pulumiType: rule.appliesTo } : {};
  return { ...metadata(rule), validateResource: Object.assign(validate, only) };
}

function graphPolicy(rule: GraphRule, run: Run, position: number): StackValidationPolicy {
  const { checkEach } = rule;
  const validateResource = (args: ResourceValidationArgs, report: Report) => {
    const findings = checkEach?.(run.note(args), withDefaults(rule.settings, args.getConfig())) ?? [];
    run.notes.set(rule.code, args.urn, findings);
    for (const message of messages(findings)) report(message.text);
  };
  return {
    ...metadata(rule),
    ...(checkEach === undefined ? {} : { validateResource }),
    validateStack: (args, report) => {
      const graph = run.graphFor(position, args);
      return after(rule.prepare?.(graph), () => {
        const findings = rule.check(graph, withDefaults(rule.settings, args.getConfig()), run.organization);
        run.notes.set(rule.code, "", findings);
        for (const message of messages(findings)) report(message.text, message.urn);
      });
    },
  };
}

/** At once when there is nothing to wait for: a promise for each rule and resource costs more than most rules. */
function after(ready: Promise<void> | undefined, work: () => void): Promise<void> | undefined {
  if (ready !== undefined) return ready.then(work);
  work();
  return undefined;
}

function undecidedPolicy(run: Run): StackValidationPolicy {
  return {
    name: "undecided",
    displayName: "What cannot be told yet",
    description: "Some rules cannot be judged before the update has made the values they look at.",
    enforcementLevel: "advisory",
    severity: "low",
    validateStack: (_, report) => {
      const text = run.notes.takeText();
      if (text !== "") report(text);
    },
  };
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

function messages(findings: readonly Finding[]): readonly { readonly text: string; readonly urn: string }[] {
  return findings.flatMap((finding) =>
    finding.kind === "violation" ? [{ text: sentence(finding.message), urn: finding.resource.urn }] : [],
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
