import { createHash } from "node:crypto";
import { Properties } from "../values";

/** `aws.iam.getPolicyDocument`: statements as a JSON document, merged with source and override documents by Sid. */
export async function getPolicyDocument(args: Properties): Promise<Properties> {
  const sources = [args["sourceJson"], ...(args["sourcePolicyDocuments"] ?? [])].filter(Boolean);
  const overrides = [args["overrideJson"], ...(args["overridePolicyDocuments"] ?? [])].filter(Boolean);
  const own = ((args["statements"] ?? []) as Properties[]).map(statementOf);
  const statements = merge([...sources.map(parse), own, ...overrides.map(parse)]);
  const document = {
    Version: args["version"] ?? "2012-10-17",
    ...(args["policyId"] !== undefined && { Id: args["policyId"] }),
    Statement: statements,
  };
  const json = JSON.stringify(document, null, 2);
  const id = createHash("sha256").update(json).digest().readUInt32BE(0);
  return { ...args, id: String(id), json, minifiedJson: JSON.stringify(document) };
}

function parse(document: string): Properties[] {
  return [(JSON.parse(document) as { Statement: Properties | Properties[] }).Statement].flat();
}

/** A later statement takes the place of an earlier one of the same Sid. */
function merge(documents: readonly Properties[][]): Properties[] {
  const merged: Properties[] = [];
  for (const statement of documents.flat()) {
    const place = merged.findIndex((earlier) => earlier["Sid"] && earlier["Sid"] === statement["Sid"]);
    if (place >= 0) {
      merged[place] = statement;
    } else {
      merged.push(statement);
    }
  }
  return merged;
}

function statementOf(statement: Properties): Properties {
  const members: Record<string, unknown> = {
    Sid: statement["sid"] || undefined,
    Effect: statement["effect"] ?? "Allow",
    Principal: principalsOf(statement["principals"]),
    NotPrincipal: principalsOf(statement["notPrincipals"]),
    Action: oneOrMore(statement["actions"]),
    NotAction: oneOrMore(statement["notActions"]),
    Resource: oneOrMore(statement["resources"]),
    NotResource: oneOrMore(statement["notResources"]),
    Condition: conditionsOf(statement["conditions"]),
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function principalsOf(principals: readonly Properties[] | undefined): unknown {
  if (principals === undefined || principals.length === 0) {
    return undefined;
  }
  if (principals.some((principal) => principal["type"] === "*")) {
    return "*";
  }
  const byType = new Map<string, string[]>();
  for (const { type, identifiers } of principals) {
    byType.set(type, [...(byType.get(type) ?? []), ...identifiers]);
  }
  return Object.fromEntries([...byType].map(([type, identifiers]) => [type, oneOrMore(identifiers)]));
}

function conditionsOf(conditions: readonly Properties[] | undefined): unknown {
  if (conditions === undefined || conditions.length === 0) {
    return undefined;
  }
  const block: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of conditions) {
    block[test] = { ...block[test], [variable]: oneOrMore(values) };
  }
  return block;
}

function oneOrMore(list: readonly string[] | undefined): unknown {
  return list === undefined || list.length === 0 ? undefined : list.length === 1 ? list[0] : list;
}
