import { Grant } from "./grant";
import { DatabaseEngine } from "./rotation-engine";
import { RotationStrategyName, TlsMode } from "./rotation-settings";
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

/** How a secret changes. Not rotating is a decision that has to be written down. */
export type RotationPlan =
  | {
      readonly kind: "never";
      /** Why, for the auditor: becomes a tag. */
      readonly reason: string;
    }
  | {
      readonly kind: "scheduled";
      readonly strategy: RotationStrategyName;
      readonly schedule: Schedule;
      /** Hours from the scheduled time within which the rotation has to start, 1 to 24. Absent: AWS's own choice. */
      readonly windowHours?: number;
      /** Whether a schedule in days is shortened by up to a tenth, so that secrets rotate apart. @default true */
      readonly spread?: boolean;
      /** Whether it also rotates when it is deployed and at every change of its rotation. @default false */
      readonly rotateImmediately?: boolean;
      readonly database: DatabaseAddress;
      readonly username: string;
      /** Name of the secret of the administrator who may create and change the user. */
      readonly admin?: string;
      /** Who makes the first value: the rotation function, or a person or program outside the deployment. */
      readonly firstValue: FirstValue;
    };

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
