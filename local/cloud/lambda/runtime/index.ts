export { functionEnvironment } from "./environment";
export type { Finished, Invocation } from "./function-process";
export { CodeFolders, type Launch } from "./launch";
export { ProcessPool } from "./process-pool";
