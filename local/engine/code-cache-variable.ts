/** Names the file in which `code-cache.js`, once preloaded, keeps a process's compiled code; the Node version is added. */
export const codeCacheVariable = "STRONGROOM_CODE_CACHE";

/** The preloaded bundle, in the folder of bundles. */
export const codeCacheBundle = "code-cache.js";
