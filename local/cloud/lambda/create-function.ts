import { ApiError } from "../core/api-error";
import { Call, Operation } from "../core/operation";
import { boolean, Infer, optional, string, structure } from "../core/shape";
import { onFunction, passRole } from "./authorization";
import { keepCode } from "./code";
import { configured } from "./configuration";
import { functionAnswer } from "./function-answer";
import { FunctionRecord, functions, invalidParameter, parseReference, placeOf } from "./function-record";
import { assumeFunctionRole, checkEnvironmentKey } from "./role";
import { architectures, codeMembers, configurationMembers, functionName, tags } from "./shapes";
import { publish } from "./versions";

const input = structure({
  ...configurationMembers,
  FunctionName: functionName,
  Role: string({ pattern: /arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+/ }),
  Code: structure(codeMembers),
  PackageType: optional(string({ enum: ["Zip", "Image"] })),
  Architectures: architectures,
  Publish: optional(boolean()),
  Tags: optional(tags),
  CodeSigningConfigArn: optional(string()),
});

type CreateFunctionInput = Infer<typeof input>;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const createFunction: Operation<CreateFunctionInput> = {
  name: "CreateFunction",
  input,
  authorize(request, call) {
    const { context, ...base } = onFunction(call, "CreateFunction", request);
    const keys = Object.keys(request.Tags ?? {});
    const tagContext = keys.map((key) => [`aws:requesttag/${key.toLowerCase()}`, request.Tags![key]!]);
    return [
      {
        ...base,
        context: {
          ...context,
          ...(keys.length > 0 && { "aws:tagkeys": keys }),
          ...Object.fromEntries(tagContext),
        },
      },
      passRole(request.Role),
    ];
  },
  async run(request, call) {
    refuseWhatIsNotModelled(request);
    const arn = parseReference(request.FunctionName, undefined, call).arn;
    await assumeFunctionRole({ role: request.Role, arn, sessionName: "validation" }, call);
    return call.store.transaction(() => {
      const record = newFunction(request, call);
      const place = placeOf(record);
      if (functions(call.store).has(place)) {
        throw new ApiError("ResourceConflictException", `Function already exist: ${record.name}`, 409);
      }
      checkEnvironmentKey(record, call);
      functions(call.store).put(place, record);
      return functionAnswer(request.Publish ? publish(record, call) : record, call);
    });
  },
  trail: {
    readOnly: false,
    request: ({ Code: _code, Environment: _environment, ...rest }) => rest,
  },
};

function newFunction(request: CreateFunctionInput, call: Call): FunctionRecord {
  const { accountId, region, name, arn } = parseReference(request.FunctionName, undefined, call);
  const blank: FunctionRecord = {
    ...{ accountId, region, name, arn },
    version: "$LATEST",
    role: request.Role,
    runtime: request.Runtime!,
    handler: request.Handler!,
    description: "",
    timeout: 3,
    memorySize: 128,
    architectures: request.Architectures ?? ["x86_64"],
    ephemeralStorage: 512,
    tracing: "PassThrough",
    logging: { LogFormat: "Text", LogGroup: `/aws/lambda/${name}` },
    ...keepCode(call.store, request.Code),
    lastModified: call.clock.now(),
    revisionId: "",
    tags: request.Tags ?? {},
    statements: [],
    lastVersion: 0,
  };
  return configured(blank, request, call);
}

function refuseWhatIsNotModelled(request: CreateFunctionInput): void {
  if (request.PackageType === "Image")
    throw invalidParameter("The local cloud does not model container images.");
  if (request.CodeSigningConfigArn !== undefined) {
    throw invalidParameter("The local cloud does not model code signing.");
  }
  if (request.Runtime === undefined || request.Handler === undefined) {
    throw invalidParameter(
      "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
    );
  }
}
