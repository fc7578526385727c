import { RotationError } from "../../rotation-error";
import { MongoDocument } from "./client";

/** What a user is, apart from its name and password. */
export interface MongoUser {
  readonly roles: readonly MongoDocument[];
  readonly customData?: MongoDocument;
  readonly mechanisms: readonly string[];
  readonly authenticationRestrictions: readonly MongoDocument[];
}

/** Sends a command; its failures are RotationErrors. */
export type Command = (command: MongoDocument) => Promise<MongoDocument>;

/** The user as the server keeps it. DocumentDB knows neither mechanisms nor restrictions. */
export async function findUser(
  command: Command,
  database: string,
  user: string,
): Promise<MongoUser | undefined> {
  const question = { usersInfo: { user, db: database }, showCustomData: true };
  const answer = await command({ ...question, showAuthenticationRestrictions: true }).catch(
    (error: unknown) => {
      if (error instanceof RotationError && error.code === "unsupported") return command(question);
      throw error;
    },
  );
  const [found] = answer["users"] as MongoDocument[];
  return found && toUser(found);
}

function toUser(found: MongoDocument): MongoUser {
  const { roles = [], customData, mechanisms = [], authenticationRestrictions = [] } = found;
  return {
    ...{
      roles: sorted(roles.map(({ role, db }: MongoDocument) => ({ role, db }))),
      mechanisms: sorted(mechanisms),
    },
    authenticationRestrictions: sorted(authenticationRestrictions),
    ...(customData === undefined ? {} : { customData }),
  };
}

/** What differs between two users, in words fit for the log. */
export function userDifferences(one: MongoUser, other: MongoUser): readonly string[] {
  const same = (key: keyof MongoUser) => canonical(one[key] ?? {}) === canonical(other[key] ?? {});
  const words = { roles: "roles", customData: "custom data", mechanisms: "mechanisms" } as const;
  const all = { ...words, authenticationRestrictions: "authentication restrictions" };
  return (Object.keys(all) as (keyof MongoUser)[]).filter((key) => !same(key)).map((key) => all[key]);
}

/** Roles that make their holder an administrator of users, whose password nobody else should set. */
const powerful: readonly string[] = ["root", "__system", "userAdminAnyDatabase", "userAdmin", "dbOwner"];

export function isPowerful({ roles }: MongoUser): boolean {
  return roles.some(({ role }) => powerful.includes(role));
}

function sorted<T>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => canonical(a).localeCompare(canonical(b)));
}

/** JSON whose keys are in order, so that equal values have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
