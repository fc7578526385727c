import { randomUUID } from "crypto";
import { ApiError } from "../core/api-error";
import { Call, Operation } from "../core/operation";
import { Infer, string, structure } from "../core/shape";

/** Requests that can still be asked for. */
const KEPT = 1_000;

interface ProgressRecord {
  readonly event: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** What a change came to: done at once, or refused by the type. */
export interface ChangeResult {
  readonly typeName: string;
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  readonly identifier?: string;
  readonly model?: object;
  readonly failure?: { readonly code: string; readonly message: string };
}

/** The answer of a change, which GetResourceRequestStatus repeats. */
export function progress(result: ChangeResult, call: Call): { readonly ProgressEvent: object } {
  const token = randomUUID();
  const event = {
    TypeName: result.typeName,
    Identifier: result.identifier,
    RequestToken: token,
    Operation: result.operation,
    OperationStatus: result.failure ? "FAILED" : "SUCCESS",
    ResourceModel: result.model && JSON.stringify(result.model),
    StatusMessage: result.failure?.message,
    ErrorCode: result.failure?.code,
  };
  const at = call.clock.now();
  const table = call.store.table<ProgressRecord>(`cloudcontrol-requests:${call.accountId}/${call.region}`);
  table.put(token, { event, at });
  for (const [oldest] of table.entries()) {
    if (table.size <= KEPT) break;
    table.delete(oldest);
  }
  return { ProgressEvent: { ...event, EventTime: new Date(at) } };
}

const input = structure({ RequestToken: string({ min: 1, max: 128 }) });

export const getResourceRequestStatus: Operation<Infer<typeof input>> = {
  name: "GetResourceRequestStatus",
  input,
  authorize: (_input, call) => [
    { action: "cloudformation:GetResourceRequestStatus", resource: { arn: "*", accountId: call.accountId } },
  ],
  run({ RequestToken }, call) {
    const table = call.store.table<ProgressRecord>(`cloudcontrol-requests:${call.accountId}/${call.region}`);
    const record = table.get(RequestToken);
    if (!record)
      throw new ApiError("RequestTokenNotFoundException", `No request has the token ${RequestToken}.`);
    return { ProgressEvent: { ...record.event, EventTime: new Date(record.at) } };
  },
};
