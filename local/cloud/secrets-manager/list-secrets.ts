import { Call, Operation } from "../core/operation";
import { boolean, Infer, integer, optional, string, structure } from "../core/shape";
import { onAnySecret } from "./authorization";
import { Filter, matchesFilters } from "./filters";
import { pageOf } from "./page";
import { SecretRecord, secretsOf } from "./secret";
import { present, secretEntry, stagesByVersion } from "./secret-entry";
import * as shapes from "./shapes";

const input = structure({
  IncludePlannedDeletion: optional(boolean()),
  MaxResults: optional(integer({ min: 1, max: 100 })),
  NextToken: optional(shapes.nextToken()),
  Filters: optional(shapes.filters()),
  SortOrder: optional(string({ enum: ["asc", "desc"] })),
  SortBy: optional(string({ enum: ["created-date", "last-accessed-date", "last-changed-date", "name"] })),
});

const SORT_KEYS: Readonly<Record<string, (secret: SecretRecord) => number | string>> = {
  "created-date": ({ createdAt }) => createdAt,
  "last-accessed-date": ({ accessedAt }) => accessedAt ?? 0,
  "last-changed-date": ({ changedAt }) => changedAt,
  name: ({ name }) => name,
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
export const listSecrets: Operation<Infer<typeof input>> = {
  name: "ListSecrets",
  input,
  authorize: (_request, call) => [onAnySecret(call, "ListSecrets")],
  run(request, call) {
    const found = ownSecrets(call, request.Filters, request.IncludePlannedDeletion ?? false);
    const sorted = sort(found, request.SortBy ?? "created-date", request.SortOrder ?? "desc");
    const { items, rest } = pageOf(sorted, request, 100);
    const list = items.map((secret) => ({
      ...secretEntry(secret),
      ...present({ SecretVersionsToStages: stagesByVersion(secret) }),
    }));
    return { SecretList: list, ...rest };
  },
  trail: { readOnly: true },
};

/** The secrets of the caller's account and Region that pass the filters. */
export function ownSecrets(
  call: Call,
  filters: readonly Filter[] | undefined,
  includesDeleted: boolean,
): readonly SecretRecord[] {
  return [...secretsOf(call.store).values()].filter(
    (secret) =>
      secret.accountId === call.accountId &&
      secret.region === call.region &&
      (includesDeleted || secret.deletionAt === undefined) &&
      matchesFilters(secret, filters),
  );
}

function sort(secrets: readonly SecretRecord[], by: string, order: string): readonly SecretRecord[] {
  const key = SORT_KEYS[by]!;
  const sign = order === "asc" ? 1 : -1;
  return [...secrets].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left === right ? 0 : left < right ? -sign : sign;
  });
}
