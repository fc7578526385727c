export { EngineError } from "./engine-error";
export { Engine, EngineOptions, ensureEngine } from "./find-engine";
export { LocalHome, prepareHome } from "./local-home";
export { minimumVersion, pinnedVersion } from "./engine-version";
