import { ApiError } from "../core/api-error";
import { Authorization, Call } from "../core/operation";
import { Table } from "../core/store";
import { ManagedRecord, ManagedType, ManagedWorld } from "./resource-type";

/** The table of a type's resources. */
export function managedTable(typeName: string, call: Call): Table<ManagedRecord> {
  return call.store.table(`cloudcontrol:${typeName}`);
}

/** Key of a resource of the caller's account in the request's Region. */
export function managedKey(id: string, call: Call): string {
  return `${call.accountId}/${call.region}/${id}`;
}

/** @throws ApiError ResourceNotFoundException */
export function findManaged(typeName: string, id: string, call: Call): ManagedRecord {
  const record = managedTable(typeName, call).get(managedKey(id, call));
  if (!record) {
    const text = `Resource of type '${typeName}' with identifier '${id}' was not found.`;
    throw new ApiError("ResourceNotFoundException", text);
  }
  return record;
}

/** All resources of a type in the caller's account and Region. */
export function allManaged(typeName: string, call: Call): readonly ManagedRecord[] {
  return [...managedTable(typeName, call).values()].filter(
    ({ accountId, region }) => accountId === call.accountId && region === call.region,
  );
}

/** What the checks of a type may look at. */
export function managedWorld(call: Call, id?: string): ManagedWorld {
  return {
    has: (typeName, other) => managedTable(typeName, call).has(managedKey(other, call)),
    all: (typeName) => allManaged(typeName, call),
    id,
  };
}

/** Cloud Control's own action and the one of the service behind the type. */
export function onManaged(
  action: "Create" | "Get" | "Update" | "Delete" | "List",
  type: ManagedType,
  call: Call,
): readonly Authorization[] {
  const { create, read, update, delete: remove } = type.actions;
  const own = { Create: create, Get: read, List: read, Update: update, Delete: remove }[action];
  const name = action === "List" ? "ListResources" : `${action}Resource`;
  const resource = { arn: "*", accountId: call.accountId };
  return [
    { action: `cloudformation:${name}`, resource },
    { action: own, resource },
  ];
}
