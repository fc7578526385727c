import { ApiError } from "../core/api-error";
import { Call, Operation } from "../core/operation";
import { Infer, optional, string, structure } from "../core/shape";
import { onFunction } from "./authorization";
import { touched } from "./configuration";
import {
  existingFunction,
  FunctionReference,
  functions,
  invalidParameter,
  notFound,
  parseReference,
  PermissionStatement,
  placeOf,
} from "./function-record";
import { functionAndQualifier, functionName, qualifier } from "./shapes";

const addInput = structure({
  FunctionName: functionName,
  StatementId: string({ min: 1, max: 100, pattern: /[a-zA-Z0-9-_]+/ }),
  Action: string({ pattern: /lambda:[*]|lambda:[a-zA-Z]+|[*]/ }),
  Principal: string({ pattern: /[^\s]+/ }),
  SourceArn: optional(
    string({ pattern: /arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9-])+:([a-z0-9-]*)?:(\d{12})?:(.*)/ }),
  ),
  SourceAccount: optional(string({ pattern: /\d{12}/ })),
  PrincipalOrgID: optional(string({ pattern: /o-[a-z0-9]{10,32}/ })),
  EventSourceToken: optional(string({ max: 256 })),
  FunctionUrlAuthType: optional(string({ enum: ["NONE", "AWS_IAM"] })),
  Qualifier: qualifier,
  RevisionId: optional(string()),
});

type AddPermissionInput = Infer<typeof addInput>;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const addPermission: Operation<AddPermissionInput> = {
  name: "AddPermission",
  input: addInput,
  authorize: (request, call) => [
    {
      ...onFunction(call, "AddPermission", request),
      context: { "lambda:principal": request.Principal },
    },
  ],
  run(request, call) {
    const reference = parseReference(request.FunctionName, request.Qualifier, call);
    existingFunction(call.store, reference);
    const record = functions(call.store).get(placeOf(reference))!;
    const id = request.StatementId;
    if (record.statements.some(({ Sid }) => Sid === id)) {
      const message = `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`;
      throw new ApiError("ResourceConflictException", message, 409);
    }
    const statement = permissionStatement(request, reference, call);
    const statements = [...record.statements, statement];
    if (JSON.stringify(statements).length > 20_480) {
      throw new ApiError(
        "PolicyLengthExceededException",
        "The final policy size is bigger than the limit (20480).",
      );
    }
    functions(call.store).put(placeOf(record), {
      ...record,
      statements,
      revisionId: touched(call).revisionId,
    });
    return { Statement: JSON.stringify(statement) };
  },
  trail: { readOnly: false, request: (request) => ({ ...request }) },
};

const removeInput = structure({
  FunctionName: functionName,
  StatementId: string({ min: 1, max: 100 }),
  Qualifier: qualifier,
  RevisionId: optional(string()),
});

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html */
export const removePermission: Operation<Infer<typeof removeInput>> = {
  name: "RemovePermission",
  input: removeInput,
  authorize: (request, call) => [onFunction(call, "RemovePermission", request)],
  run(request, call) {
    const reference = parseReference(request.FunctionName, request.Qualifier, call);
    existingFunction(call.store, reference);
    const record = functions(call.store).get(placeOf(reference))!;
    const statements = record.statements.filter(({ Sid }) => Sid !== request.StatementId);
    if (statements.length === record.statements.length) {
      throw notFound(`Statement ${request.StatementId} is not found in resource policy.`);
    }
    functions(call.store).put(placeOf(record), {
      ...record,
      statements,
      revisionId: touched(call).revisionId,
    });
  },
  trail: { readOnly: false, request: (request) => ({ ...request }) },
};

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
export const getPolicy: Operation<Infer<typeof functionAndQualifier>> = {
  name: "GetPolicy",
  input: functionAndQualifier,
  authorize: (request, call) => [onFunction(call, "GetPolicy", request)],
  run(request, call) {
    const reference = parseReference(request.FunctionName, request.Qualifier, call);
    existingFunction(call.store, reference);
    const { statements, revisionId } = functions(call.store).get(placeOf(reference))!;
    const arn = resourceOf(reference);
    const own = statements.filter(({ Resource }) => Resource === arn);
    if (own.length === 0) throw notFound("The resource you requested does not exist.");
    return {
      Policy: JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: own }),
      RevisionId: revisionId,
    };
  },
  trail: { readOnly: true },
};

function permissionStatement(
  request: AddPermissionInput,
  reference: FunctionReference,
  call: Call,
): PermissionStatement {
  const equals = {
    ...(request.SourceAccount !== undefined && { "AWS:SourceAccount": request.SourceAccount }),
    ...(request.PrincipalOrgID !== undefined && { "aws:PrincipalOrgID": request.PrincipalOrgID }),
    ...(request.EventSourceToken !== undefined && { "lambda:EventSourceToken": request.EventSourceToken }),
    ...(request.FunctionUrlAuthType !== undefined && {
      "lambda:FunctionUrlAuthType": request.FunctionUrlAuthType,
    }),
  };
  const condition = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(request.SourceArn !== undefined && { ArnLike: { "AWS:SourceArn": request.SourceArn } }),
  };
  return {
    Sid: request.StatementId,
    Effect: "Allow",
    Principal: principalElement(request.Principal, call),
    Action: request.Action,
    Resource: resourceOf(reference),
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

function principalElement(principal: string, call: Call): unknown {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${call.partition}:iam::${principal}:root` };
  if (/^arn:[^:]+:(iam|sts)::\d{12}:/.test(principal)) return { AWS: principal };
  if (/\.amazonaws\.com(\.cn)?$/.test(principal)) return { Service: principal };
  throw invalidParameter("The provided principal was invalid. Please check the principal and try again.");
}

function resourceOf({ arn, qualifier: version }: FunctionReference): string {
  return version === undefined ? arn : `${arn}:${version}`;
}
