import { ApiError } from "../core/api-error";
import { Call, Operation } from "../core/operation";
import { Infer, optional, string, structure } from "../core/shape";
import { patched, touchedMembers } from "./json-patch";
import { findManaged, managedKey, managedTable, managedWorld, onManaged } from "./managed-resources";
import { managedType } from "./managed-types";
import { ChangeResult, progress } from "./progress";
import { ManagedType, Properties } from "./resource-type";

const typeName = string({
  min: 10,
  max: 196,
  pattern: /[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}(::MODULE){0,1}/,
});
const options = {
  ClientToken: optional(string({ min: 1, max: 128 })),
  RoleArn: optional(string()),
  TypeVersionId: optional(string()),
};

const createInput = structure({
  TypeName: typeName,
  DesiredState: string({ min: 1, max: 262_144 }),
  ...options,
});

export const createResource: Operation<Infer<typeof createInput>> = {
  name: "CreateResource",
  input: createInput,
  authorize: ({ TypeName }, call) => onManaged("Create", managedType(TypeName), call),
  run({ TypeName, DesiredState }, call) {
    const type = managedType(TypeName);
    const desired = parseState(DesiredState);
    const result = { typeName: TypeName, operation: "CREATE" } as const;
    const problems = [
      ...type.required
        .filter((name) => desired[name] === undefined)
        .map((name) => `required key [${name}] not found`),
      ...type.readOnly.filter((name) => name in desired).map((name) => `${name} is read-only`),
    ];
    if (problems.length > 0) return progress(refused(result, "InvalidRequest", problems), call);
    const more = type.problems?.(desired, managedWorld(call)) ?? [];
    if (more.length > 0) return progress(refused(result, "InvalidRequest", more), call);
    const identifier = type.identifier(desired, call);
    const table = managedTable(TypeName, call);
    if (table.has(managedKey(identifier, call))) {
      return progress(
        refused(result, "AlreadyExists", [
          `Resource of type '${TypeName}' with identifier '${identifier}' already exists.`,
        ]),
        call,
      );
    }
    const properties = keep(type, identifier, desired, call);
    return progress({ ...result, identifier, model: properties }, call);
  },
  trail: { readOnly: false, request: ({ TypeName }) => ({ typeName: TypeName }) },
};

const updateInput = structure({
  TypeName: typeName,
  Identifier: string({ min: 1, max: 1024 }),
  PatchDocument: string({ min: 1, max: 262_144 }),
  ...options,
});

export const updateResource: Operation<Infer<typeof updateInput>> = {
  name: "UpdateResource",
  input: updateInput,
  authorize: ({ TypeName }, call) => onManaged("Update", managedType(TypeName), call),
  run({ TypeName, Identifier, PatchDocument }, call) {
    const type = managedType(TypeName);
    const { properties } = findManaged(TypeName, Identifier, call);
    const result = { typeName: TypeName, operation: "UPDATE", identifier: Identifier } as const;
    const fixed = touchedMembers(PatchDocument).filter(
      (name) => type.createOnly.includes(name) || type.readOnly.includes(name),
    );
    if (fixed.length > 0) {
      return progress(refused(result, "NotUpdatable", [`${fixed.join(", ")} cannot be changed`]), call);
    }
    const news = patched(properties, PatchDocument);
    const problems = type.problems?.(news, managedWorld(call, Identifier)) ?? [];
    if (problems.length > 0) return progress(refused(result, "InvalidRequest", problems), call);
    return progress({ ...result, model: keep(type, Identifier, news, call) }, call);
  },
  trail: {
    readOnly: false,
    request: ({ TypeName, Identifier }) => ({ typeName: TypeName, identifier: Identifier }),
  },
};

const deleteInput = structure({ TypeName: typeName, Identifier: string({ min: 1, max: 1024 }), ...options });

export const deleteResource: Operation<Infer<typeof deleteInput>> = {
  name: "DeleteResource",
  input: deleteInput,
  authorize: ({ TypeName }, call) => onManaged("Delete", managedType(TypeName), call),
  run({ TypeName, Identifier }, call) {
    findManaged(TypeName, Identifier, call);
    managedTable(TypeName, call).delete(managedKey(Identifier, call));
    return progress({ typeName: TypeName, operation: "DELETE", identifier: Identifier }, call);
  },
  trail: {
    readOnly: false,
    request: ({ TypeName, Identifier }) => ({ typeName: TypeName, identifier: Identifier }),
  },
};

function parseState(text: string): Properties {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError("InvalidRequestException", "DesiredState is not valid JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ApiError("InvalidRequestException", "DesiredState must be a JSON object.");
  }
  return value as Properties;
}

function keep(type: ManagedType, id: string, given: Properties, call: Call): Properties {
  const properties = { ...given, ...type.computed(id, given, call) };
  const { accountId, region } = call;
  managedTable(type.typeName, call).put(managedKey(id, call), { accountId, region, id, properties });
  return properties;
}

function refused(result: ChangeResult, code: string, problems: readonly string[]): ChangeResult {
  return { ...result, failure: { code, message: problems.join("; ") } };
}
