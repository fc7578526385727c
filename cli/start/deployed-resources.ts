import { parseState, StateResource } from "../check/exported-state";
import { STACK } from "./deploy";
import { Platform } from "./platform";

/** Everything that the environment's stack holds, as the engine's state has it. */
export async function deployedResources(platform: Platform): Promise<readonly StateResource[]> {
  const exported = await platform.pulumi.must(platform.root, ["stack", "export", "--stack", STACK]);
  return parseState(exported, `the state of ${STACK}`).resources;
}
