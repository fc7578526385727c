import { DatabaseCredential } from "../../components/model/credential";
import { Change, Strategy } from "../../rotation-lambdas/strategy";
import { SubjectServer } from "../../rotation-proof/subject";

type Credentials = Strategy<DatabaseCredential>;

/** A strategy with a defect, made from one without. @param sql statements as the server's superuser */
export type Defect = (whole: Credentials, sql: (statement: string) => Promise<unknown>) => Credentials;

const nothing = async (): Promise<void> => undefined;

/** Each breaks one of the invariants. */
export const defects = {
  promotesBeforeItSets: (whole) => ({
    ...whole,
    apply: async () => "already-set",
    test: nothing,
    // The current value has moved already: it is read as the previous one.
    afterPromotion: async (change) => {
      const current = change.current ?? (await change.previous());
      await whole.apply({ ...change, ...(current === undefined ? {} : { current }) });
    },
  }),
  swallowsErrors: (whole) => ({
    ...whole,
    apply: (change) => whole.apply(change).catch(() => "already-set" as const),
    test: nothing,
  }),
  writesThePassword: (whole, sql) => ({
    ...whole,
    async apply(change) {
      const outcome = await whole.apply(change);
      await sql(`ALTER ROLE ${change.pending.username} PASSWORD '${change.pending.password}'`);
      return outcome;
    },
  }),
  leavesAUser: (whole, sql) => ({
    ...whole,
    async apply(change) {
      await sql(`CREATE ROLE ${change.pending.username}_clone_${Date.now()}`);
      return whole.apply(change);
    },
  }),
  forgetsRights: (whole, sql) => ({
    ...whole,
    apply: (change) => cloneWithoutRights(change, sql),
    test: nothing,
  }),
} satisfies Record<string, Defect>;

async function cloneWithoutRights(
  { pending, current }: Change<DatabaseCredential>,
  sql: (statement: string) => Promise<unknown>,
) {
  if (pending.username === current?.username) return "already-set" as const;
  await sql(`DO $$ BEGIN CREATE ROLE ${pending.username} LOGIN; EXCEPTION WHEN duplicate_object THEN END $$`);
  await sql(`SET log_statement = 'none'; ALTER ROLE ${pending.username} PASSWORD '${pending.password}'`);
  return "changed" as const;
}

/** The same server, whose strategies have the defect. */
export function withDefect(
  server: SubjectServer,
  defect: Defect,
  sql: (statement: string) => Promise<unknown>,
): SubjectServer {
  return {
    ...server,
    async newCase(name, options) {
      const whole = await server.newCase(name, options);
      return { ...whole, strategy: (recorder) => defect(whole.strategy(recorder), sql) };
    },
  };
}
