import { ApiError } from "../core/api-error";
import { ec2Types } from "./ec2-types";
import { monitoringTypes } from "./monitoring-types";
import { ManagedType } from "./resource-type";

const TYPES: ReadonlyMap<string, ManagedType> = new Map(
  [...ec2Types, ...monitoringTypes].map((type) => [type.typeName, type]),
);

/** @throws ApiError TypeNotFoundException */
export function managedType(typeName: string): ManagedType {
  const type = TYPES.get(typeName);
  if (!type)
    throw new ApiError("TypeNotFoundException", `The type '${typeName}' is not modelled by the local cloud.`);
  return type;
}
