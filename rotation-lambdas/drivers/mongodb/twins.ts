import { TwinAdministration, TwinPair } from "../../driver";
import { RotationError } from "../../rotation-error";
import { MongoDocument } from "./client";
import { Command, findUser, isPowerful, MongoUser, userDifferences } from "./user";

/**
 * Keeps two users equal: roles (those of the user's own among them are named, so what they grant is shared), custom
 * data, authentication restrictions and mechanisms. One command makes or changes the user with its password, so that it
 * is never seen half done.
 */
export function mongoTwins(command: Command, database: string, self: string): TwinAdministration {
  const both = async ({ current, next }: TwinPair) => {
    const original = await findUser(command, database, current);
    if (!original) throw new RotationError("conflict", `mongodb: user ${current} does not exist`);
    return { original, twin: await findUser(command, database, next) };
  };
  return {
    async alternate(pair, password) {
      const { original, twin } = await both(pair);
      checkHarmless(pair, original, twin, self);
      const verb = twin ? "updateUser" : "createUser";
      await command({ [verb]: pair.next, pwd: password, ...rightsOf(original, twin) });
      const made = await findUser(command, database, pair.next);
      const left = made ? userDifferences(original, made) : ["the user is missing"];
      if (left.length > 0)
        throw new RotationError("conflict", `mongodb: the two users differ in ${left.join(", ")}`);
    },
    async check(pair) {
      const { original, twin } = await both(pair);
      checkHarmless(pair, original, twin, self);
    },
    async differences(pair) {
      try {
        const one = await findUser(command, database, pair.current);
        const other = await findUser(command, database, pair.next);
        return one && other ? userDifferences(one, other) : [];
      } catch (error) {
        // A user sees itself and, without viewUser, nobody else.
        if (error instanceof RotationError && error.code === "permission") return "hidden";
        throw error;
      }
    },
  };
}

/** Fields that the original does not have are sent only to clear what the twin has. */
function rightsOf(original: MongoUser, twin: MongoUser | undefined): MongoDocument {
  const { roles, customData, mechanisms, authenticationRestrictions } = original;
  const hasRestrictions = [original, twin].some((user) => (user?.authenticationRestrictions.length ?? 0) > 0);
  return {
    roles,
    ...(customData ? { customData } : twin?.customData ? { customData: {} } : {}),
    ...(hasRestrictions ? { authenticationRestrictions } : {}),
    ...(mechanisms.length > 0 ? { mechanisms } : {}),
  };
}

function checkHarmless(
  { current, next }: TwinPair,
  original: MongoUser,
  twin: MongoUser | undefined,
  self: string,
): void {
  const isOwn = [current, next].includes(self);
  if (!isOwn && !isPowerful(original) && !(twin && isPowerful(twin))) return;
  const what = `${isOwn ? self : current} administers users`;
  throw new RotationError("policy-refused", `mongodb: ${what}: rotate it as a single user`);
}
