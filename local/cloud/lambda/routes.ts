import { RestRoute } from "../core/operation";

const functionsPath = "/2015-03-31/functions";
const functionPath = `${functionsPath}/{FunctionName}`;

/** Paths of the operations: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
export const routes: readonly RestRoute[] = [
  { operation: "CreateFunction", method: "POST", path: functionsPath, status: 201 },
  { operation: "ListFunctions", method: "GET", path: functionsPath },
  { operation: "GetFunction", method: "GET", path: functionPath },
  { operation: "DeleteFunction", method: "DELETE", path: functionPath, status: 204 },
  { operation: "GetFunctionConfiguration", method: "GET", path: `${functionPath}/configuration` },
  { operation: "UpdateFunctionConfiguration", method: "PUT", path: `${functionPath}/configuration` },
  { operation: "UpdateFunctionCode", method: "PUT", path: `${functionPath}/code` },
  {
    operation: "Invoke",
    method: "POST",
    path: `${functionPath}/invocations`,
    headers: {
      "X-Amz-Invocation-Type": "InvocationType",
      "X-Amz-Log-Type": "LogType",
      "X-Amz-Client-Context": "ClientContext",
    },
    payload: "Payload",
    answerPayload: "Payload",
    answerStatus: "StatusCode",
    answerHeaders: {
      FunctionError: "x-amz-function-error",
      LogResult: "x-amz-log-result",
      ExecutedVersion: "x-amz-executed-version",
    },
  },
  { operation: "AddPermission", method: "POST", path: `${functionPath}/policy`, status: 201 },
  { operation: "GetPolicy", method: "GET", path: `${functionPath}/policy` },
  {
    operation: "RemovePermission",
    method: "DELETE",
    path: `${functionPath}/policy/{StatementId}`,
    status: 204,
  },
  { operation: "PublishVersion", method: "POST", path: `${functionPath}/versions`, status: 201 },
  { operation: "ListVersionsByFunction", method: "GET", path: `${functionPath}/versions` },
  {
    operation: "PutFunctionConcurrency",
    method: "PUT",
    path: "/2017-10-31/functions/{FunctionName}/concurrency",
  },
  {
    operation: "DeleteFunctionConcurrency",
    method: "DELETE",
    path: "/2017-10-31/functions/{FunctionName}/concurrency",
    status: 204,
  },
  {
    operation: "GetFunctionConcurrency",
    method: "GET",
    path: "/2019-09-30/functions/{FunctionName}/concurrency",
  },
  {
    operation: "GetFunctionCodeSigningConfig",
    method: "GET",
    path: "/2020-06-30/functions/{FunctionName}/code-signing-config",
  },
  { operation: "TagResource", method: "POST", path: "/2017-03-31/tags/{Resource}", status: 204 },
  {
    operation: "UntagResource",
    method: "DELETE",
    path: "/2017-03-31/tags/{Resource}",
    query: { tagKeys: "TagKeys" },
    status: 204,
  },
  { operation: "ListTags", method: "GET", path: "/2017-03-31/tags/{Resource}" },
];
