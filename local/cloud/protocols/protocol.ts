import { ApiError } from "../core/api-error";
import { Operation } from "../core/operation";
import { HttpAnswer, HttpRequest } from "./http-message";

/** How one family of services puts operations, answers and errors on the wire. */
export interface Protocol {
  /** The operation a request asks for, or undefined; `input` may throw an ApiError of malformed requests. */
  operation(request: HttpRequest):
    | {
        readonly name: string;
        input(operation: Operation): unknown;
      }
    | undefined;
  answer(output: unknown, operationName: string, requestId: string): HttpAnswer;
  error(error: ApiError, requestId: string): HttpAnswer;
}
