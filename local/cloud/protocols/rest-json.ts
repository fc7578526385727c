import { ApiError } from "../core/api-error";
import { Operation, RestRoute } from "../core/operation";
import { Shape } from "../core/shape";
import { queryParameters } from "../core/signature/canonical-request";
import { HttpRequest, splitTarget } from "./http-message";
import { jsonText, parseJson } from "./json-value";
import { Protocol } from "./protocol";
import { typedText } from "./typed-text";

/** restJson1: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export function restJson(routes: readonly RestRoute[]): Protocol {
  const headers = { "content-type": "application/json" };
  const compiled = routes.map((route) => ({ route, pattern: pathPattern(route.path) }));
  return {
    operation(request) {
      const { path } = splitTarget(request.target);
      for (const { route, pattern } of compiled) {
        const match = route.method === request.method ? pattern.exec(path) : null;
        if (match) {
          const labels = labelValues(route.path, match);
          return {
            name: route.operation,
            input: (operation) => routeInput(route, labels, request, operation),
          };
        }
      }
      return undefined;
    },
    answer(output, name) {
      const route = routes.find(({ operation }) => operation === name)!;
      return routeAnswer(route, output, headers);
    },
    error({ code, message, status, members }: ApiError) {
      const type = status < 500 ? "User" : "Service";
      const body = jsonText({ Type: type, message, Message: message, ...members });
      return { status, headers: { ...headers, "x-amzn-errortype": code }, body };
    },
  };
}

function pathPattern(path: string): RegExp {
  const source = path
    .replace(/\/+$/, "")
    .split(/\{[^}]+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("([^/]+)");
  return new RegExp(`^${source}/?$`);
}

function labelValues(path: string, match: RegExpExecArray): Record<string, string> {
  const names = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name!);
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1]!)]));
}

function routeInput(
  route: RestRoute,
  labels: Readonly<Record<string, string>>,
  request: HttpRequest,
  operation: Operation,
): unknown {
  const form = operation.input.form;
  const members = form?.kind === "structure" ? form.members : {};
  const query = queryMembers(route, request, members);
  const headers = Object.entries(route.headers ?? {}).flatMap(([name, member]) => {
    const value = request.headers[name.toLowerCase()];
    return value === undefined ? [] : [[member, typedText(members[member], value)] as const];
  });
  const body = route.payload === undefined ? parseJson(request.body) : { [route.payload]: request.body };
  return { ...(body as object), ...query, ...Object.fromEntries(headers), ...labels };
}

/** A list comes as a parameter for each of its items. */
function queryMembers(
  route: RestRoute,
  request: HttpRequest,
  members: Readonly<Record<string, Shape<unknown>>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of queryParameters(splitTarget(request.target).query)) {
    const member = route.query?.[name] ?? name;
    const isList = members[member]?.form?.kind === "list";
    const earlier = (values[member] ?? []) as readonly unknown[];
    values[member] = isList ? [...earlier, value] : typedText(members[member], value);
  }
  return values;
}

function routeAnswer(route: RestRoute, output: unknown, json: Readonly<Record<string, string>>) {
  const members: Record<string, unknown> = { ...(output as object | undefined) };
  const headers: Record<string, string> = {};
  for (const [member, header] of Object.entries(route.answerHeaders ?? {})) {
    if (members[member] !== undefined) headers[header] = String(members[member]);
    delete members[member];
  }
  const statusMember = route.answerStatus === undefined ? undefined : members[route.answerStatus];
  const status = typeof statusMember === "number" ? statusMember : (route.status ?? 200);
  if (route.answerPayload !== undefined) {
    const payload = members[route.answerPayload];
    const body =
      payload instanceof Uint8Array ? Buffer.from(payload) : ((payload as string | undefined) ?? "");
    return { status, headers: { ...json, ...headers }, body };
  }
  return { status, headers: { ...json, ...headers }, body: output === undefined ? "" : jsonText(members) };
}
