import { factsOf } from "./document-facts";
import { DocumentUse } from "./document-uses";
import { parseArn } from "../stack/location";
import { placeOf } from "../stack/place";
import { instance } from "./requester";

/** An example for each resource of a service that the document names; `*` is none. */
export function namedArns(use: DocumentUse, service: string): readonly string[] {
  const { accountId } = placeOf(use.holder);
  return factsOf(use.document)
    .resources.filter((pattern) => [service, "*"].includes(parseArn(pattern)?.service ?? ""))
    .map((pattern) => instance(pattern, accountId));
}
