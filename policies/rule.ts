import { EnforcementLevel, Severity } from "@pulumi/policy";
import { Graph } from "./stack/graph";
import { Organization } from "./organization";
import { Resource } from "./stack/resource";
import { ConfigOf, Settings } from "./setting";

/** What a check says about one resource. Saying nothing means that it complies. */
export type Finding =
  /** `message`: the resource, the fact, the fix, in this order; never a value of a secret. */
  | {
      readonly kind: "violation";
      readonly resource: Resource;
      readonly message: string;
      /** The fact alone, which tells this finding from others even when the fix is worded anew. @default the message */
      readonly fact?: string;
      /**
       * Whether everybody, in AWS or outside, can reach something: no waiver hides it.
       * @default true for the rules of `waivers/public-findings.ts`
       */
      readonly isPublic?: boolean;
    }
  /** It cannot be told yet, for this reason, until this is known. */
  | {
      readonly kind: "undecided";
      readonly resource: Resource;
      readonly reason: string;
      readonly decidedBy: string;
    };

/** A control of a published framework that the rule helps to meet. */
export interface Framework {
  readonly name: string;
  readonly version: string;
  /** Number of the control. */
  readonly reference: string;
}

/** The same demand in other tools, for those who come from them. */
export interface Equivalents {
  readonly checkov?: readonly string[];
  readonly securityHub?: readonly string[];
  readonly awsConfig?: readonly string[];
  readonly prowler?: readonly string[];
  readonly trivy?: readonly string[];
  readonly cdkNag?: readonly string[];
  readonly cfnNag?: readonly string[];
  readonly kics?: readonly string[];
}

interface RuleData<S extends Settings> {
  /** Equal to the file name. Stable: configuration refers to it. */
  readonly id: string;
  /** Short code in reports and documents, such as `SM-01`. */
  readonly code: string;
  /** What has to hold, as a sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** @default "mandatory" */
  readonly enforcement?: EnforcementLevel;
  readonly frameworks: readonly Framework[];
  readonly mapsTo: Equivalents;
  /** What to change, as an imperative sentence. */
  readonly remediation: string;
  readonly settings: S;
}

/** Judges one resource by itself, before it is created: in an update a violation stops it. */
export interface ResourceRule<S extends Settings = Settings> extends RuleData<S> {
  readonly kind: "resource";
  /** Type token of the resources it is about, or several: one is quicker, for the SDK then leaves the others out. */
  readonly appliesTo: string | readonly string[];
  /** What `check` needs and only a promise can give, such as a scan of texts. Undefined when there is nothing to wait for. */
  readonly prepare?: (resource: Resource) => Promise<void> | undefined;
  readonly check: (resource: Resource, config: ConfigOf<S>) => readonly Finding[];
}

/** Judges what several resources mean together, at the end of a preview or an update. */
export interface GraphRule<S extends Settings = Settings> extends RuleData<S> {
  readonly kind: "graph";
  /** As for a resource rule. */
  readonly prepare?: (graph: Graph) => Promise<void> | undefined;
  /** Judges each resource of any type as well, before it is created; what it finds is not said again by `check`. */
  readonly checkEach?: (resource: Resource, config: ConfigOf<S>) => readonly Finding[];
  readonly check: (graph: Graph, config: ConfigOf<S>, organization: Organization) => readonly Finding[];
}

export type Rule = ResourceRule<any> | GraphRule<any>;

/** Identity, so that the compiler infers the settings' types from the literal. */
export function resourceRule<const S extends Settings>(rule: Omit<ResourceRule<S>, "kind">): ResourceRule<S> {
  return { ...rule, kind: "resource" };
}

/** As {@link resourceRule}, for a rule over the graph. */
export function graphRule<const S extends Settings>(rule: Omit<GraphRule<S>, "kind">): GraphRule<S> {
  return { ...rule, kind: "graph" };
}

/** Whether a rule judges resources of this type. */
export function isAbout(rule: ResourceRule, type: string): boolean {
  return typeof rule.appliesTo === "string" ? rule.appliesTo === type : rule.appliesTo.includes(type);
}
