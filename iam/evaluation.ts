import { AccessRequest, RequestContext, RequestPrincipal } from "./access-request";
import { ArnSegments, splitArn } from "./arn-match";

/** One request, prepared once for all the documents that look at it. */
export interface Evaluation {
  readonly principal: RequestPrincipal;
  /** In lower case. */
  readonly action: string;
  readonly resourceArn: string;
  /** `undefined` when the resource is `*` (an action without resources). */
  readonly resourceSegments: ArnSegments | undefined;
  readonly context: RequestContext;
  /** `NotPrincipal` spares no caller that has a permissions boundary. */
  readonly hasBoundary: boolean;
}

/** Does once what each statement would have to do again. */
export function prepareEvaluation(request: AccessRequest, hasBoundary: boolean): Evaluation {
  return {
    principal: request.principal,
    action: request.action.toLowerCase(),
    resourceArn: request.resource.arn,
    resourceSegments: splitArn(request.resource.arn),
    context: request.context,
    hasBoundary,
  };
}
