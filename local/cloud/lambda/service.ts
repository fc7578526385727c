import { Service } from "../core/operation";
import { deleteFunctionConcurrency, getFunctionConcurrency, putFunctionConcurrency } from "./concurrency";
import { createFunction } from "./create-function";
import { startExecution, stopExecution } from "./execution";
import {
  deleteFunction,
  getFunction,
  getFunctionCodeSigningConfig,
  getFunctionConfiguration,
  listFunctions,
} from "./get-function";
import { invoke } from "./invoke";
import { notModelled } from "./not-modelled";
import { addPermission, getPolicy, removePermission } from "./permissions";
import { routes } from "./routes";
import { listTags, tagResource, untagResource } from "./tags";
import { updateFunctionCode, updateFunctionConfiguration } from "./update-function";
import { listVersionsByFunction, publishVersion } from "./versions";

/** AWS Lambda for Node: functions run in processes of their own, as their roles. */
export const service: Service = {
  signingName: "lambda",
  eventSource: "lambda.amazonaws.com",
  protocol: { kind: "rest-json", routes },
  operations: [
    createFunction,
    getFunction,
    getFunctionConfiguration,
    getFunctionCodeSigningConfig,
    updateFunctionCode,
    updateFunctionConfiguration,
    deleteFunction,
    listFunctions,
    invoke,
    addPermission,
    removePermission,
    getPolicy,
    putFunctionConcurrency,
    deleteFunctionConcurrency,
    getFunctionConcurrency,
    tagResource,
    untagResource,
    listTags,
    publishVersion,
    listVersionsByFunction,
  ],
  notModelled,
  accessDenied: { code: "AccessDeniedException", status: 403 },
  start: startExecution,
  stop: ({ store }) => stopExecution(store),
};
