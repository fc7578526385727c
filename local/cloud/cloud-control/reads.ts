import { Operation } from "../core/operation";
import { Infer, integer, optional, string, structure } from "../core/shape";
import { allManaged, findManaged, onManaged } from "./managed-resources";
import { managedType } from "./managed-types";
import { ManagedRecord } from "./resource-type";

const getInput = structure({
  TypeName: string({ min: 10, max: 196 }),
  Identifier: string({ min: 1, max: 1024 }),
});

export const getResource: Operation<Infer<typeof getInput>> = {
  name: "GetResource",
  input: getInput,
  authorize: ({ TypeName }, call) => onManaged("Get", managedType(TypeName), call),
  run: ({ TypeName, Identifier }, call) => ({
    TypeName,
    ResourceDescription: description(findManaged(TypeName, Identifier, call)),
  }),
};

const listInput = structure({
  TypeName: string({ min: 10, max: 196 }),
  MaxResults: optional(integer({ min: 1, max: 100 })),
  NextToken: optional(string({ min: 1, max: 2048 })),
});

export const listResources: Operation<Infer<typeof listInput>> = {
  name: "ListResources",
  input: listInput,
  authorize: ({ TypeName }, call) => onManaged("List", managedType(TypeName), call),
  run({ TypeName, MaxResults = 100, NextToken }, call) {
    const all = allManaged(TypeName, call);
    const start = Number(NextToken ?? 0) || 0;
    const end = start + MaxResults;
    return {
      TypeName,
      ResourceDescriptions: all.slice(start, end).map(description),
      ...(end < all.length && { NextToken: String(end) }),
    };
  },
};

function description({ id, properties }: ManagedRecord) {
  return { Identifier: id, Properties: JSON.stringify(properties) };
}
