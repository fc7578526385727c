import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { otherMajors, startPostgresMajor } from "../servers/postgres-majors";
import { Subject } from "../subject";
import { postgresSubject } from "./postgres";

/** One of the older major versions of PostgreSQL, by each strategy. */
export function postgresMajorSubjects(major: number): readonly Subject[] {
  const start = () => startPostgresMajor(major);
  return [
    postgresSubject("single-user", singleUser, start),
    postgresSubject("alternating-users", alternatingUsers, start),
  ].map((subject) => ({ ...subject, engine: `postgres-${major}` }));
}

/** All of them. */
export const olderPostgresSubjects: readonly Subject[] = otherMajors.flatMap(postgresMajorSubjects);
