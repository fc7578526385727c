import { ApiError } from "../core/api-error";
import { HttpAnswer, HttpRequest } from "./http-message";
import { jsonText, parseJson } from "./json-value";
import { Protocol } from "./protocol";

/** awsJson 1.0 and 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export function awsJson(version: "1.0" | "1.1", messageMember: "Message" | "message"): Protocol {
  const headers = { "content-type": `application/x-amz-json-${version}` };
  return {
    operation(request: HttpRequest) {
      const target = request.headers["x-amz-target"] ?? "";
      return { name: target.slice(target.lastIndexOf(".") + 1), input: () => parseJson(request.body) };
    },
    answer(output): HttpAnswer {
      return { status: 200, headers, body: output === undefined ? "" : jsonText(output) };
    },
    error({ code, message, status, members }: ApiError): HttpAnswer {
      return { status, headers, body: jsonText({ __type: code, [messageMember]: message, ...members }) };
    },
  };
}
