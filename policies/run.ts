import { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { buildGraph, Graph } from "./stack/graph";
import { anyOrganization, Organization } from "./organization";
import { Path, Resource, types } from "./stack/resource";
import { Finding, GraphRule, Rule } from "./rule";
import { withDefaults } from "./setting";
import { secretPathsOf } from "./taint/secret-paths";
import { secretPathsOnWire } from "./taint/wire-secrets";
import { UndecidedNotes } from "./stack/undecided";
import { ExceptionsInForce } from "./waivers/exceptions-in-force";

/** A finding as it is reported. */
export interface Said {
  readonly message: string;
  readonly urn: string;
}

/** What the policies of one process share over a run: they are called one after the other, in the pack's order. */
export class Run {
  readonly notes = new UndecidedNotes();
  readonly exceptions: ExceptionsInForce;
  organization: Organization = anyOrganization;
  private readonly inputs = new Map<string, Resource["inputs"]>();
  private readonly secretPaths = new Map<string, readonly Path[]>();
  private graph: Graph | undefined;
  private position = -1;
  private readonly settings = new Map<string, object>();
  private ahead: Map<string, readonly Said[]> | undefined;

  constructor(private readonly rules: readonly Rule[]) {
    this.exceptions = new ExceptionsInForce(rules.map(({ id }) => id));
  }

  /** Keeps what the program gave for the graph, which is built from outputs. Returns the resource with its secrets. */
  note(args: ResourceValidationArgs): Resource {
    this.inputs.set(args.urn, args.props);
    const secretPaths = this.secretPaths.get(args.urn) ?? secretPathsOnWire(args.props);
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
        // Of the stack the inputs are none, and the outputs are what counts.
        const ofInputs = resource.type === types.stack ? undefined : this.secretPaths.get(resource.urn);
        const secretPaths = ofInputs ?? secretPathsOnWire(resource.props);
        if (secretPaths !== undefined) Object.assign(resource, { secretPaths });
      }
      this.exceptions.noteStack(resources[0]?.urn ?? "");
      this.graph = buildGraph(resources);
    }
    this.position = position;
    return this.graph;
  }

  /**
   * Passes on what a rule found, but for what a waiver or the baseline hides, and notes what it could not tell.
   *
   * @param subject whom the findings replace what was noted of before: a URN, or empty for the whole stack
   */
  say(
    rule: Rule,
    subject: string,
    findings: readonly Finding[],
    report: (message: string, urn: string) => void,
  ): void {
    this.notes.set(rule.code, subject, findings);
    for (const finding of findings) {
      const shown = this.exceptions.shown(rule, finding);
      if (shown !== undefined) report(shown, finding.resource.urn);
    }
  }

  /** Takes the settings of a rule over the graph, which the SDK gives only to its own policy, and only if it is enabled. */
  configure(rule: GraphRule, settings: object): void {
    this.settings.set(rule.id, settings);
  }

  /**
   * Judges every rule over the graph whose settings are known, in the first policy that gets the stack. The SDK unpacks
   * all resources again for each policy, which costs far more than the rules do: a policy with nothing to say can then
   * be left out.
   */
  judgeAhead(): Promise<void> | undefined {
    const rules = this.rules.flatMap((rule) =>
      rule.kind === "graph" && this.settings.has(rule.id) ? [rule] : [],
    );
    const ready = rules.flatMap((rule) => rule.prepare?.(this.graph!) ?? []);
    const judge = () => {
      this.ahead = new Map(rules.map((rule) => [rule.id, this.judge(rule)]));
    };
    if (ready.length > 0) return Promise.all(ready).then(judge);
    judge();
    return undefined;
  }

  /** Whether the rules of this run have been judged ahead, so that what is still to come is known. */
  isJudged(): boolean {
    return this.ahead !== undefined;
  }

  /** What a rule over the graph has to say, when it has been judged ahead. */
  saidAhead(rule: GraphRule): readonly Said[] | undefined {
    return this.ahead?.get(rule.id);
  }

  private judge(rule: GraphRule): readonly Said[] {
    const settings = withDefaults(rule.settings, this.settings.get(rule.id)!);
    const said: Said[] = [];
    const findings = rule.check(this.graph!, settings, this.organization);
    this.say(rule, "", findings, (message, urn) => said.push({ message, urn }));
    return said;
  }
}
