import { ApiError } from "../core/api-error";
import { Authorization, Call, Operation } from "../core/operation";
import { Infer, integer, list, optional, structure } from "../core/shape";
import { onAnySecret, onSecret } from "./authorization";
import { invalidParameter } from "./errors";
import { findLiveSecret } from "./find-secret";
import { readVersion, versionContext } from "./get-secret-value";
import { ownSecrets } from "./list-secrets";
import { pageOf } from "./page";
import * as shapes from "./shapes";

const input = structure({
  SecretIdList: optional(list(shapes.secretId(), { min: 1, max: 20 })),
  Filters: optional(shapes.filters()),
  MaxResults: optional(integer({ min: 1, max: 20 })),
  NextToken: optional(shapes.nextToken()),
});

type Input = Infer<typeof input>;

/**
 * A secret that cannot be read is an entry of `Errors`; the others are answered.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html
 */
export const batchGetSecretValue: Operation<Input> = {
  name: "BatchGetSecretValue",
  input,
  authorize(request, call): readonly Authorization[] {
    const batch = onAnySecret(call, "BatchGetSecretValue");
    return request.Filters ? [batch, onAnySecret(call, "ListSecrets")] : [batch];
  },
  run(request, call) {
    const { items, rest } = selected(request, call);
    const values: unknown[] = [];
    const errors: unknown[] = [];
    for (const secretId of items) {
      try {
        call.require(onSecret(call, "GetSecretValue", secretId, versionContext({})));
        values.push(call.store.transaction(() => readVersion(call, findLiveSecret(call, secretId), {})));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        errors.push({ SecretId: secretId, ErrorCode: error.code, Message: error.message });
      }
    }
    return { SecretValues: values, Errors: errors, ...rest };
  },
  trail: { readOnly: true },
};

function selected(request: Input, call: Call) {
  const { SecretIdList: ids, Filters: filters } = request;
  if ((ids === undefined) === (filters === undefined)) {
    throw invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
  }
  if (ids !== undefined) return pageOf(ids, {}, 20);
  const names = ownSecrets(call, filters, false).map(({ arn }) => arn);
  return pageOf(names, request, 20);
}
