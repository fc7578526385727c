import { parseArn } from "./location";
import { input, Resource } from "./resource";
import { known, read, readString, Tri } from "./tri-state";

/** Where a property points. */
export type Link =
  /** To these resources of the stack; more than one when an unknown value is computed from several. */
  | { readonly kind: "inside"; readonly resources: readonly Resource[] }
  /** To something that is not in the stack, by this ARN, id or name. */
  | { readonly kind: "outside"; readonly reference: string }
  /** Nobody can tell yet. */
  | { readonly kind: "unknown" }
  | { readonly kind: "none" };

/** Finds resources of a few types by what other resources call them: ARN, id or name. */
export class Lookup {
  private readonly byReference = new Map<string, Resource>();
  private readonly members: ReadonlySet<Resource>;
  private readonly byUrn: ReadonlyMap<string, Resource>;

  /**
   * `references` are the properties that hold a name others may use, such as `arn` and `keyId`. An `id` that is not
   * among the properties, for the engine keeps it apart, is taken from the ARN.
   */
  constructor(resources: readonly Resource[], references: readonly string[]) {
    this.members = new Set(resources);
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const property of references) {
      for (const resource of resources) {
        const value = nameIn(resource, property);
        if (value.state === "known" && !this.byReference.has(value.value)) {
          this.byReference.set(value.value, resource);
        }
      }
    }
  }

  /** Follows a property, at `path` inside it for nested ones: by value, else by what the value is computed from. */
  follow(from: Resource, property: string, ...path: readonly (string | number)[]): Link {
    const value = input(from, readString, property, ...path);
    if (value.state === "known") {
      const target = this.find(value.value);
      if (target !== undefined) return { kind: "inside", resources: [target] };
    }
    if (value.state === "absent" && !isPartlyUnknown(from, property)) return { kind: "none" };
    const sources = this.sourcesOf(from, property, value.state !== "known");
    if (sources.length > 0 && (value.state !== "known" || path.length === 0)) {
      return { kind: "inside", resources: sources };
    }
    return value.state === "known" ? { kind: "outside", reference: value.value } : { kind: "unknown" };
  }

  private find(reference: string): Resource | undefined {
    const direct = this.byReference.get(reference);
    if (direct !== undefined) return direct;
    const tail = tailOf(reference);
    return tail === undefined ? undefined : this.byReference.get(tail);
  }

  /** `guess`: without dependencies by property, those of the whole resource have to do. */
  private sourcesOf(from: Resource, property: string, guess: boolean): readonly Resource[] {
    const fallback = guess && from.propertyDependencies === undefined ? from.dependencies : undefined;
    const candidates = from.propertyDependencies?.[property] ?? fallback ?? [];
    return candidates.flatMap((candidate) => {
      const member = this.members.has(candidate) ? candidate : this.byUrn.get(candidate.urn);
      return member === undefined ? [] : [member];
    });
  }
}

function nameIn(resource: Resource, property: string): Tri<string> {
  const own = readString(resource.props, property);
  const arn = readString(resource.props, "arn");
  if (property !== "id" || own.state === "known" || arn.state !== "known") return own;
  const tail = tailOf(arn.value);
  return tail === undefined ? own : known(tail);
}

/** `sg-1`, for `arn:aws:ec2:eu-west-1:111111111111:security-group/sg-1`. */
function tailOf(arn: string): string | undefined {
  return parseArn(arn)?.rest.replace(/^[a-z-]+[:/]/, "");
}

/** A nested member is absent because everything above it is unknown. */
function isPartlyUnknown(from: Resource, property: string): boolean {
  return input(from, read, property).state === "unknown";
}
