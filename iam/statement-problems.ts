import { conditionProblems } from "./condition-problems";
import { isObject } from "./json-object";
import { DOCUMENT_SHAPES, DocumentKind, Presence } from "./policy-kind";

const ELEMENTS: ReadonlySet<string> = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

const PRINCIPAL_TYPES: ReadonlySet<string> = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

type StatementObject = Readonly<Record<string, unknown>>;

/** Everything wrong with the form of one statement; `path` begins each problem. */
export function statementProblems(value: unknown, kind: DocumentKind, path: string): readonly string[] {
  if (!isObject(value)) return [`${path}: a statement is a JSON object`];
  const shape = DOCUMENT_SHAPES[kind];
  return [
    ...Object.keys(value)
      .filter((key) => !ELEMENTS.has(key))
      .map((key) => `${key}: unknown element`),
    ...(value.Sid === undefined || typeof value.Sid === "string" ? [] : ["Sid: must be text"]),
    ...(value.Effect === "Allow" || value.Effect === "Deny" ? [] : [`Effect: must be "Allow" or "Deny"`]),
    ...pairProblems(value, "Action", "required", kind),
    ...pairProblems(value, "Resource", shape.resource, kind),
    ...pairProblems(value, "Principal", shape.principal, kind),
    ...["Action", "NotAction", "Resource", "NotResource"].flatMap((name) => listProblems(value[name], name)),
    ...actionProblems(value),
    ...["Principal", "NotPrincipal"].flatMap((name) => principalProblems(value[name], name)),
    ...notPrincipalProblems(value, kind),
    ...conditionProblems(value.Condition),
  ].map((problem) => `${path}.${problem}`);
}

/** An element and its `Not...` form exclude each other; together they are one that may be required or forbidden. */
function pairProblems(
  statement: StatementObject,
  name: string,
  presence: Presence,
  kind: DocumentKind,
): readonly string[] {
  const given = [name, `Not${name}`].filter((element) => statement[element] !== undefined);
  if (given.length === 2) return [`${name}: excludes Not${name}`];
  if (presence === "required" && given.length === 0)
    return [`${name}: missing, and a policy of kind ${kind} needs it`];
  return presence === "forbidden"
    ? given.map((element) => `${element}: not allowed in a policy of kind ${kind}`)
    : [];
}

function listProblems(value: unknown, name: string): readonly string[] {
  if (value === undefined || typeof value === "string") return [];
  const isList = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
  return isList ? [] : [`${name}: must be text or a list of texts`];
}

function actionProblems(statement: StatementObject): readonly string[] {
  return ["Action", "NotAction"].flatMap((name) =>
    [statement[name]]
      .flat()
      .filter((action) => typeof action === "string" && action !== "*" && !/^[\w*?-]+:[\w*?-]+$/.test(action))
      .map((action) => `${name}: "${String(action)}" is not service:Operation`),
  );
}

function principalProblems(value: unknown, name: string): readonly string[] {
  if (value === undefined || value === "*") return [];
  if (!isObject(value) || Object.keys(value).length === 0) {
    return [`${name}: must be "*" or principals by type`];
  }
  return Object.entries(value).flatMap(([type, principals]) => [
    ...(PRINCIPAL_TYPES.has(type) ? [] : [`${name}.${type}: unknown type of principal`]),
    ...listProblems(principals, `${name}.${type}`),
    ...[principals]
      .flat()
      .filter((principal) => typeof principal === "string" && principal !== "*" && /[*?]/.test(principal))
      .map((principal) => `${name}.${type}: "${String(principal)}" has a wildcard within`),
  ]);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
function notPrincipalProblems(statement: StatementObject, kind: DocumentKind): readonly string[] {
  if (statement.NotPrincipal === undefined) return [];
  const { principal, notPrincipal } = DOCUMENT_SHAPES[kind];
  return [
    ...(principal !== "forbidden" && notPrincipal === "forbidden"
      ? [`NotPrincipal: not allowed in a policy of kind ${kind}`]
      : []),
    ...(statement.Effect === "Allow" ? [`NotPrincipal: only with "Deny"`] : []),
  ];
}
