import { unknownCheckingProxy } from "@pulumi/policy";
import { buildGraph } from "../../../policies/stack/graph";
import { anyOrganization, Organization } from "../../../policies/organization";
import { Path, Resource, types } from "../../../policies/stack/resource";
import { Finding, isAbout, Rule } from "../../../policies/rule";
import { withDefaults } from "../../../policies/setting";

/** What the engine sends for a text that is not known in a preview; reading it through the proxy throws. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9" as const;
export const unknownArray = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" as const;
export const unknownObject = "dd056dcd-154b-4c76-9bd3-c8f88648b5ff" as const;

export const ownerId = "111111111111";
export const readerId = "222222222222";
export const organizationId = "o-strongroom";

/** How a test describes a resource; the rest is filled in as the engine would. */
export interface Sketch {
  readonly props?: Record<string, unknown>;
  /** What each unknown property is computed from. */
  readonly from?: Readonly<Record<string, readonly Resource[]>>;
  /** Paths of the inputs that Pulumi keeps as secrets; undefined where the engine did not say. */
  readonly secretPaths?: readonly Path[];
  readonly protect?: boolean;
  /** Account and Region of the provider. @default the owner's, eu-west-1 */
  readonly account?: string | null;
}

/** A resource whose unknown properties throw when touched, as in a real preview. */
export function resource(type: keyof typeof types, name: string, sketch: Sketch = {}): Resource {
  return resourceOfType(types[type], name, sketch);
}

/** As {@link resource}, for a type that no rule knows by name. */
export function resourceOfType(type: string, name: string, sketch: Sketch = {}): Resource {
  const props = sketch.props ?? {};
  const unknowns = Object.keys(props).filter((key) => JSON.stringify(props[key]).includes(unknownText));
  const given = Object.fromEntries(unknowns.map((key) => [key, []]));
  const account = sketch.account === undefined ? ownerId : sketch.account;
  const assumeRoles = JSON.stringify([{ roleArn: `arn:aws:iam::${account}:role/strongroom-deploy` }]);
  const providerProps = account === null ? { region: "eu-west-1" } : { region: "eu-west-1", assumeRoles };
  return {
    type,
    name,
    urn: `urn:pulumi:test::policies::${type}::${name}`,
    props: unknownCheckingProxy(props),
    ...(sketch.secretPaths === undefined ? {} : { secretPaths: sketch.secretPaths }),
    opts: { protect: sketch.protect ?? false },
    provider: { props: providerProps },
    dependencies: Object.values(sketch.from ?? {}).flat(),
    propertyDependencies: { ...given, ...sketch.from },
  };
}

/** What a finding says, short enough for a table of cases. */
export type Said =
  { readonly on: string; readonly violation: string } | { readonly on: string; readonly undecided: string };

/** Every finding of a rule over a stack, in order: for a graph rule first those of single resources. */
export function findingsOf(
  rule: Rule,
  stack: readonly Resource[],
  config: object = {},
  organization: Partial<Organization> = {},
): readonly Said[] {
  const settings = withDefaults(rule.settings, config);
  const findings: readonly Finding[] =
    rule.kind === "graph"
      ? [
          ...stack.flatMap((one) => rule.checkEach?.(one, settings) ?? []),
          ...rule.check(buildGraph(stack), settings, { ...anyOrganization, ...organization }),
        ]
      : stack.filter(({ type }) => isAbout(rule, type)).flatMap((one) => rule.check(one, settings));
  return findings.map((finding) =>
    finding.kind === "violation"
      ? { on: finding.resource.name, violation: finding.message }
      : { on: finding.resource.name, undecided: `${finding.reason} / ${finding.decidedBy}` },
  );
}

/** A document with these statements. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
