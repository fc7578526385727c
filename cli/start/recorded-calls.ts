import { Decision } from "../../iam";
import { Platform } from "./platform";

/** One call as the local cloud's control endpoint lists it; the members that are used here. */
export interface RecordedCall {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly decisions: readonly {
    readonly action: string;
    readonly resource: string;
    readonly decision: Decision;
  }[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** The latest calls of the local cloud, oldest first. */
export async function recordedCalls({ cloudUrl }: Platform): Promise<readonly RecordedCall[]> {
  const answer = await fetch(`${cloudUrl}/_strongroom/calls`);
  if (!answer.ok) throw new Error(`the control endpoint answered ${answer.status}`);
  return ((await answer.json()) as { calls: readonly RecordedCall[] }).calls;
}
