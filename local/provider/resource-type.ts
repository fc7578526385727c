import { AwsClients } from "./aws";
import { Properties } from "./values";

/** Form of an input. `policy` and `json` are texts that may be given as an object; a `set` is a list without order. */
export type PropertyKind =
  "string" | "number" | "boolean" | "map" | "object" | "list" | "set" | "policy" | "json" | "archive";

/** One input of a resource type. */
export interface Property {
  readonly kind: PropertyKind;
  readonly required?: boolean;
  /** A change makes a new resource. */
  readonly replaces?: boolean;
  /** AWS chooses a value when none is given: unknown in a preview, and leaving it out later changes nothing. */
  readonly computed?: boolean;
  readonly default?: unknown;
  /** Its value, as an output, is AWS's rather than the program's: it has members that AWS adds. */
  readonly fromAws?: boolean;
  /** Never part of the outputs. */
  readonly writeOnly?: boolean;
  /** Other ways to write the same value, such as a key's id and its ARN. */
  readonly same?: (a: any, b: any) => boolean;
}

/** Name of a physical resource that the provider makes up when the program gives none. */
export interface AutoName {
  readonly property: string;
  readonly maxLength: number;
  /** Text that AWS demands in front, such as `alias/`. */
  readonly prefix?: string;
}

/** One thing that is wrong with the inputs. */
export interface InputProblem {
  readonly property: string;
  readonly reason: string;
}

/** What a resource type works with, for one resource. */
export interface ResourceContext {
  readonly clients: AwsClients;
  /** The resource's own Region: its `region` argument, else the provider's. */
  readonly region: string;
  readonly partition: string;
  accountId(): Promise<string>;
  /**
   * Says that the resource now exists, before the steps that complete it: if one of them fails, Pulumi keeps the
   * resource in its state, as incomplete.
   */
  exists(id: string): void;
}

/** A resource type of the AWS provider, as data. */
export interface ResourceType {
  /** Such as `aws:kms/key:Key`. */
  readonly token: string;
  readonly inputs: Readonly<Record<string, Property>>;
  /** Names of the outputs that only AWS knows: unknown in the preview of a creation. */
  readonly outputs: readonly string[];
  /** Outputs that an update changes: unknown in its preview when one of the inputs listed here changes. */
  readonly changedOutputs?: Readonly<Record<string, readonly string[]>>;
  readonly secretOutputs?: readonly string[];
  readonly autoName?: AutoName;
  /** The resource has `tags` and `tagsAll`. */
  readonly tagged?: boolean;
  /** A service without Regions has no `region`. @default false */
  readonly global?: boolean;
  /** AWS's own constraints that can be checked before a request; inputs that are unknown are left out of `inputs`. */
  check?(inputs: Properties): readonly InputProblem[];
  /** Returns the id. */
  create(inputs: Properties, context: ResourceContext): Promise<string>;
  /**
   * Everything AWS knows of the resource in the provider's names, all tags as `tagsAll`; `undefined` when there is no
   * such resource. A member that is present but undefined says that AWS has no value.
   */
  read(id: string, state: Properties, context: ResourceContext): Promise<Properties | undefined>;
  /** Absent where every change makes a new resource. */
  update?(id: string, change: Change, context: ResourceContext): Promise<void>;
  /** Succeeds when there is nothing left to delete. */
  delete(id: string, state: Properties, context: ResourceContext): Promise<void>;
}

/** An update: the outputs so far and the new inputs. */
export interface Change {
  readonly olds: Properties;
  readonly news: Properties;
  /** True when one of the inputs differs from the outputs so far. */
  changed(...names: readonly string[]): boolean;
}
