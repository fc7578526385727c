import { DATA_CLASSES, DATABASE_ENGINES, isOrganizationId } from "../components/model";
import { Decoder, flag, list, named, object, oneOf, text, whole } from "./decoder";
import {
  accountId,
  cidr,
  identifier,
  region,
  roleName,
  secretName,
  tagValue,
  workloadName,
} from "./environment-values";
import { managedRotation, rotation, tls } from "./rotation-config";

const subnetIds = list(identifier("subnet"), 1);

const workload = object(
  {
    accountId,
    networks: named(object({ vpcId: identifier("vpc"), subnetIds }, { cidr }), region),
  },
  {},
);

const database = object(
  {
    engine: oneOf(DATABASE_ENGINES),
    host: text("a host name or address"),
    port: whole(1, 65_535),
  },
  {
    dbname: text("a database's name"),
    tls,
  },
);

const secret = object(
  {
    name: secretName,
    description: text("a description"),
    owner: tagValue,
    dataClass: oneOf(DATA_CLASSES),
    rotation,
  },
  { grants: list(object({ workload: text("the name of a workload"), roles: list(roleName, 1) }, {})) },
);

const reader = object(
  {
    workload: text("the name of a workload"),
    role: roleName,
    secrets: list(text("a secret's name"), 1),
    trust: object(
      {},
      {
        services: list(text("a service, such as lambda.amazonaws.com", (it) => it.includes("."))),
        principals: list(
          text("the ARN of a principal", (it) => /^arn:aws[a-z-]*:(iam|sts)::\d{12}:/.test(it)),
        ),
      },
    ),
  },
  {},
);

/**
 * The shape of `strongroom:environment` in `Pulumi.<environment>.yaml`. What one value alone can be wrong in is
 * checked here; what only several show together is checked by `referenceProblems`.
 */
export const environmentConfig = object(
  {
    organization: object({ id: text("an organisation's id, such as o-a1b2c3d4e5", isOrganizationId) }, {}),
    central: object(
      { accountId },
      { network: object({ subnetIds, securityGroupIds: list(identifier("sg"), 1) }, {}) },
    ),
    deployRole: roleName,
    regions: object({ primary: text("a Region"), replicas: list(text("a Region")) }, {}),
    workloads: named(workload, workloadName),
    secrets: list(secret),
  },
  {
    databases: named(database),
    managedRotations: named(managedRotation),
    readers: list(reader),
    keyAlias: text("letters, digits and / _ -", (it) => /^[A-Za-z0-9/_-]{1,240}$/.test(it)),
    protect: flag,
    recoveryWindowDays: whole(7, 30),
  },
);

type Drafted<D> = D extends Decoder<infer T> ? T : never;

/** A configuration as it was read: what was refused is undefined. */
export type EnvironmentDraft = Drafted<typeof environmentConfig>;
export type SecretDraft = Drafted<typeof secret>;
export type RotationDraft = NonNullable<SecretDraft["rotation"]>;
export type ManagedRotationDraft = Drafted<typeof managedRotation>;
export type ReaderDraft = Drafted<typeof reader>;
export type WorkloadDraft = Drafted<typeof workload>;
