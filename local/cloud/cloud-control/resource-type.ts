/** Where a managed resource is. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

export type Properties = Readonly<Record<string, unknown>>;

/** A passive type: kept with what it was given and what AWS would compute. Members as in CloudFormation's schema. */
export interface ManagedType {
  readonly typeName: string;
  readonly required: readonly string[];
  /** What AWS computes and nobody may set. */
  readonly readOnly: readonly string[];
  /** What cannot be changed afterwards. */
  readonly createOnly: readonly string[];
  /** IAM actions of the service behind it. */
  readonly actions: {
    readonly create: string;
    readonly read: string;
    readonly update: string;
    readonly delete: string;
  };
  /** The identifier of Cloud Control, made once. */
  identifier(properties: Properties, place: Place): string;
  /** The read-only members and the defaults AWS fills in. */
  computed(identifier: string, properties: Properties, place: Place): Properties;
  /** What is wrong with the properties beyond missing members. */
  problems?(properties: Properties, world: ManagedWorld): readonly string[];
}

/** A managed resource as the store keeps it, in table `cloudcontrol:<type>` under `<account>/<region>/<id>`. */
export interface ManagedRecord {
  readonly accountId: string;
  readonly region: string;
  readonly id: string;
  readonly properties: Properties;
}

/** The other managed resources of an account in a Region. */
export interface ManagedWorld {
  has(typeName: string, id: string): boolean;
  all(typeName: string): readonly ManagedRecord[];
  /** The one that is being changed. */
  readonly id?: string;
}
