import { queryParameters } from "../core/signature/canonical-request";
import { HttpRequest, splitTarget } from "./http-message";
import { Protocol } from "./protocol";
import { queryValue } from "./query-value";
import { element, xmlMembers } from "./xml";

/** awsQuery: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function awsQuery(namespace: string): Protocol {
  const headers = { "content-type": "text/xml" };
  return {
    operation(request) {
      const form = formOf(request);
      const name = form.get("Action");
      if (name === undefined) return undefined;
      return { name, input: (operation) => queryValue(operation.input, form, "") };
    },
    answer(output, name, requestId) {
      const result = output === undefined ? "" : `<${name}Result>${xmlMembers(output)}</${name}Result>`;
      const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      const body = `<${name}Response xmlns="${namespace}">${result}${metadata}</${name}Response>`;
      return { status: 200, headers, body };
    },
    error({ code, message, status }, requestId) {
      const type = status < 500 ? "Sender" : "Receiver";
      const error = element("Type", type) + element("Code", code) + element("Message", message);
      const body = `<ErrorResponse xmlns="${namespace}"><Error>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
      return { status, headers, body };
    },
  };
}

function formOf({ target, body }: HttpRequest): ReadonlyMap<string, string> {
  const form = body.toString("utf8").replace(/\+/g, "%20");
  return new Map([...queryParameters(splitTarget(target).query), ...queryParameters(form)]);
}
