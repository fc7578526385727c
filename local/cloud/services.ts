import { Service } from "./core/operation";
import { service as sts } from "./sts";

/** Every service of the local cloud. */
export const services: readonly Service[] = [sts];
