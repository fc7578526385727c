import { Subject } from "../subject";
import { postgresSubjects } from "./postgres";

/** Every engine with every strategy, in the order of the documents' table. */
export const subjects: readonly Subject[] = [...postgresSubjects];
