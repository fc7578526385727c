import type { CloudControl, ProgressEvent } from "@aws-sdk/client-cloudcontrol";
import { hasCode, waitFor } from "../aws";
import { Properties } from "../values";

/** One step of RFC 6902. */
export interface PatchStep {
  readonly op: "add" | "remove";
  readonly path: string;
  readonly value?: unknown;
}

/** Properties of a managed resource; `undefined` when there is none. */
export async function readManaged(
  client: CloudControl,
  typeName: string,
  identifier: string,
): Promise<Properties | undefined> {
  try {
    const { ResourceDescription } = await client.getResource({ TypeName: typeName, Identifier: identifier });
    return JSON.parse(ResourceDescription!.Properties!) as Properties;
  } catch (error) {
    if (hasCode(error, "ResourceNotFoundException")) {
      return undefined;
    }
    throw error;
  }
}

/** Changes a managed resource and waits for the end of the change. */
export async function patchManaged(
  client: CloudControl,
  typeName: string,
  identifier: string,
  patch: readonly PatchStep[],
): Promise<void> {
  const { ProgressEvent } = await client.updateResource({
    TypeName: typeName,
    Identifier: identifier,
    PatchDocument: JSON.stringify(patch),
  });
  await finished(client, ProgressEvent);
}

/** Makes a managed resource and returns its identifier. */
export async function createManaged(
  client: CloudControl,
  typeName: string,
  desired: Properties,
): Promise<string> {
  const { ProgressEvent } = await client.createResource({
    TypeName: typeName,
    DesiredState: JSON.stringify(desired),
  });
  return (await finished(client, ProgressEvent)).Identifier!;
}

/** Deletes a managed resource; one that is already gone is no error. */
export async function deleteManaged(
  client: CloudControl,
  typeName: string,
  identifier: string,
): Promise<void> {
  try {
    const { ProgressEvent } = await client.deleteResource({ TypeName: typeName, Identifier: identifier });
    await finished(client, ProgressEvent);
  } catch (error) {
    if (!hasCode(error, "ResourceNotFoundException") && !/\bNotFound:/.test((error as Error).message)) {
      throw error;
    }
  }
}

/** @throws Error with Cloud Control's code and message when the change failed */
async function finished(client: CloudControl, first: ProgressEvent | undefined): Promise<ProgressEvent> {
  let event = first!;
  await waitFor(`${event.Operation} of ${event.TypeName} ${event.Identifier ?? ""}`, async () => {
    if (event.OperationStatus === "SUCCESS" || event.OperationStatus === "FAILED") {
      return true;
    }
    event = (await client.getResourceRequestStatus({ RequestToken: event.RequestToken })).ProgressEvent!;
    return undefined;
  });
  if (event.OperationStatus === "FAILED") {
    throw new Error(`${event.Operation} of ${event.TypeName}: ${event.ErrorCode}: ${event.StatusMessage}`);
  }
  return event;
}
