import { Call, Operation } from "../core/operation";
import { string, structure } from "../core/shape";
import { Store } from "../core/store";
import { noSuchEntity } from "./errors";
import { onPrincipal, USER } from "./principal-kind";
import { AccessKeyRecord, accessKeys } from "./records";

/** IAM itself is some minutes behind; noting each use would write the store at every request. Milliseconds. */
const NOTED_EVERY_MS = 1_000;

/** Notes that a user's key signed a request. */
export function noteKeyUse(
  store: Store,
  accessKeyId: string,
  use: NonNullable<AccessKeyRecord["lastUsed"]>,
): void {
  const key = accessKeys(store).get(accessKeyId);
  if (!key || use.at - (key.lastUsed?.at ?? -NOTED_EVERY_MS) < NOTED_EVERY_MS) return;
  accessKeys(store).put(accessKeyId, { ...key, lastUsed: use });
}

const input = structure({ AccessKeyId: string({ min: 16, max: 128, pattern: /[\w]+/ }) });

export const getAccessKeyLastUsed: Operation<{ readonly AccessKeyId: string }> = {
  name: "GetAccessKeyLastUsed",
  input,
  authorize: ({ AccessKeyId }, call) =>
    onPrincipal(USER, "GetAccessKeyLastUsed", accessKeys(call.store).get(AccessKeyId)?.userName ?? "*", call),
  run({ AccessKeyId }, call) {
    const key = findOwnKey(AccessKeyId, call);
    const { lastUsed } = key;
    return {
      UserName: key.userName,
      AccessKeyLastUsed: {
        ...(lastUsed && { LastUsedDate: new Date(lastUsed.at) }),
        ServiceName: lastUsed?.service ?? "N/A",
        Region: lastUsed?.region ?? "N/A",
      },
    };
  },
};

function findOwnKey(accessKeyId: string, call: Call): AccessKeyRecord {
  const key = accessKeys(call.store).get(accessKeyId);
  if (key?.accountId !== call.accountId)
    throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`);
  return key;
}
