import { Rule } from "../../rule";

/** Rules about databases: DB-01 to DB-06. */
export const databaseRules: readonly Rule[] = [];
