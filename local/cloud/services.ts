import { service as cloudControl } from "./cloud-control";
import { service as cloudTrail } from "./cloudtrail";
import { Service } from "./core/operation";
import { service as iam } from "./iam";
import { service as kms } from "./kms";
import { service as lambda } from "./lambda";
import { service as organizations } from "./organizations";
import { service as secretsManager } from "./secrets-manager";
import { service as sts } from "./sts";

/** Every service of the local cloud. */
export const services: readonly Service[] = [
  sts,
  iam,
  organizations,
  kms,
  secretsManager,
  lambda,
  cloudControl,
  cloudTrail,
];
