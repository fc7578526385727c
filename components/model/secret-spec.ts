import { Grant } from "./grant";
import { DatabaseEngine, KeyEngine } from "./rotation-engine";
import { PasswordSettings, RotationSettings, RotationStrategyName, TlsMode } from "./rotation-settings";
import { Schedule } from "./schedule";
import { DataClass } from "./tags";

/** Where a login is used. */
export interface DatabaseAddress {
  readonly engine: DatabaseEngine;
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  /** @default the engine's usual database */
  readonly dbname?: string;
  /** @default the full check of the server certificate against the roots of the system and of RDS */
  readonly tls?: DatabaseTls;
}

/** How a rotation function checks that the database is the right one. */
export interface DatabaseTls {
  /** @default "verify-full" */
  readonly mode?: TlsMode;
  /** PEM file of a further authority, relative to the project's folder; it is read when the function is deployed. */
  readonly authorityFile?: string;
}

/** When a secret rotates. */
export interface RotationTimes {
  readonly schedule: Schedule;
  /** Hours from the scheduled time within which the rotation has to start, 1 to 24. Absent: AWS's own choice. */
  readonly windowHours?: number;
  /** Whether a schedule in days is shortened by up to a tenth, so that secrets rotate apart. @default true */
  readonly spread?: boolean;
}

/** How a secret changes. Not rotating is a decision that has to be written down. */
export type RotationPlan =
  | {
      readonly kind: "never";
      /** Why, for the auditor: becomes a tag. */
      readonly reason: string;
    }
  | LoginRotation
  | KeyRotation;

/** What all rotations by a function have. */
interface FunctionRotation extends RotationTimes {
  /** Whether it also rotates when it is deployed and at every change of its rotation. @default false */
  readonly rotateImmediately?: boolean;
  /** Name of the secret of the administrator who may create and change what is rotated. */
  readonly admin?: string;
  /** Who makes the first value: the rotation function, or a person or program outside the deployment. */
  readonly firstValue: FirstValue;
}

/** A user that logs in to a database or a directory. */
export interface LoginRotation extends FunctionRotation {
  readonly kind: "scheduled";
  readonly strategy: RotationStrategyName;
  readonly database: DatabaseAddress;
  readonly username: string;
  /** @default 32 characters without those that break URLs */
  readonly password?: PasswordSettings;
  /** See `RotationSettings`. @default none */
  readonly hostAliases?: RotationSettings["hostAliases"];
}

/** Another kind of credential; of each there are two that work while one takes the other's place. */
export interface KeyRotation extends FunctionRotation {
  readonly kind: KeyEngine;
  /** The section of the function's settings that is for this kind. */
  readonly settings: Pick<RotationSettings, "accessKey" | "apiKey" | "elastiCache" | "ssh" | "password">;
  /** The user whom the function's role changes through an API of AWS. */
  readonly userArn?: string;
  readonly tls?: DatabaseTls;
  /** Whether the function has to be in the network from which the databases are reached. */
  readonly inNetwork: boolean;
}

export type FirstValue = "rotation" | "out-of-band";

/** Everything the platform has to know about one secret, as plain data. */
export interface SecretSpec {
  /** Name in Secrets Manager, such as `orders/database`. */
  readonly name: string;
  readonly description: string;
  /** Who answers for it: a team or an address. */
  readonly owner: string;
  readonly dataClass: DataClass;
  readonly grants: readonly Grant[];
  readonly rotation: RotationPlan;
}
