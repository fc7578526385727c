import {
  DATA_CLASSES,
  DATABASE_ENGINES,
  isAccountId,
  isOrganizationId,
  isRegion,
  isRoleName,
  isTagValue,
  parseSchedule,
  scheduleFault,
  secretNameFault,
} from "../components/model";
import { Decoder, flag, list, named, object, oneOf, text, variant, whole } from "./decoder";

const accountId = text("an account id: twelve digits, in quotes", isAccountId);
const region = text("a Region of AWS, such as eu-west-1", isRegion);
const roleName = text("a role's name, with path and without role/", isRoleName);
const identifier = (prefix: string) =>
  text(`an id that begins with ${prefix}-`, (it) => new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(it));
const tagValue = text("1 to 256 letters, digits, spaces and + - = . _ : / @ (it becomes a tag)", isTagValue);
const workloadName = text("a workload's name: lower-case letters, digits and hyphens", (it) =>
  /^[a-z][a-z0-9-]*$/.test(it),
);
const cidr = text("an IPv4 block, such as 10.20.0.0/16", (it) => {
  const [address, length, ...rest] = it.split("/");
  const bytes = (address ?? "").split(".");
  return (
    rest.length === 0 && upTo(length, 32) && bytes.length === 4 && bytes.every((byte) => upTo(byte, 255))
  );
});
const upTo = (digits: string | undefined, highest: number): boolean =>
  digits !== undefined && /^(0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= highest;

const secretName: Decoder<string> = (value, place) => {
  if (typeof value !== "string") return place.refuse("a secret's name", value);
  const fault = secretNameFault(value);
  return fault === undefined ? value : place.refuse(fault, value);
};

const schedule: Decoder<string> = (value, place) => {
  const reading = parseSchedule(typeof value === "string" ? value : "");
  if (reading.kind === "fault") return place.refuse(reading.expected, value);
  const fault = scheduleFault(reading.schedule);
  return fault === undefined ? (value as string) : place.refuse(fault, value);
};

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
    tls: object(
      {},
      {
        mode: oneOf(["verify-full", "verify-ca", "require", "disable"]),
        authorityFile: text("the name of a PEM file, relative to the project"),
      },
    ),
  },
);

const rotation = variant({
  never: object({ reason: tagValue }, {}),
  scheduled: object(
    {
      strategy: oneOf(["single-user", "alternating-users", "dual-password", "superuser-managed"]),
      database: text("the name of an entry of databases"),
      username: text("a user's name"),
      firstValue: oneOf(["rotation", "out-of-band"]),
    },
    {
      schedule,
      rotateEvery: whole(1, 1000),
      spread: flag,
      rotateImmediately: flag,
      windowHours: whole(1, 24),
      admin: text("a secret's name"),
    },
  ),
});

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
export type ReaderDraft = Drafted<typeof reader>;
export type WorkloadDraft = Drafted<typeof workload>;
