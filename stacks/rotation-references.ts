import { Problem, shown, strategyFault } from "../components/model";
import { EnvironmentDraft, RotationDraft, SecretDraft } from "./environment-config";

/** A secret as it was read, and where it stands. */
export type SecretAt = { readonly secret: SecretDraft; readonly path: string };

type Draft<K extends RotationDraft["kind"]> = Extract<RotationDraft, { kind: K }>;

/** What a secret's rotation can be wrong in that only other values show. */
export function rotationProblems(
  { secret, path }: SecretAt,
  secrets: readonly SecretAt[],
  draft: EnvironmentDraft,
): readonly Problem[] {
  const { rotation } = secret;
  if (rotation === undefined) return [];
  const here = `${path}.rotation`;
  return [
    ...(rotation.kind === "scheduled" ? loginProblems(here, rotation, draft) : []),
    ...(rotation.kind === "iam-access-key" ? accountProblems(here, rotation, draft) : []),
    ...adminProblems(`${here}.admin`, { secret, path }, secrets),
  ];
}

function loginProblems(
  path: string,
  { database, strategy, admin, hostAliases }: Draft<"scheduled">,
  { databases = {} }: EnvironmentDraft,
): readonly Problem[] {
  const engine = database === undefined ? undefined : databases[database]?.engine;
  const fault = engine === undefined || strategy === undefined ? undefined : strategyFault(engine, strategy);
  return [
    ...undeclared(`${path}.database`, database, databases, "an entry of databases"),
    ...(fault === undefined ? [] : [{ path: `${path}.strategy`, expected: fault, got: shown(strategy) }]),
    ...(hostAliases === undefined || admin !== undefined ? [] : [needlessAliases(path, hostAliases)]),
  ];
}

function needlessAliases(path: string, hostAliases: unknown): Problem {
  const expected = "an admin beside it: only an administrator's secret may name the server otherwise";
  return { path: `${path}.hostAliases`, expected, got: shown(hostAliases) };
}

function accountProblems(
  path: string,
  { account, changedBy }: Draft<"iam-access-key">,
  { central }: EnvironmentDraft,
): readonly Problem[] {
  const isForeign = account !== undefined && account !== central?.accountId;
  if (!isForeign || changedBy === "own-key") return [];
  const expected = "own-key, as the function may not make keys for users of another account";
  return [{ path: `${path}.changedBy`, expected, got: shown(changedBy) }];
}

/** The administrator's secret that a rotation names; undefined when it names none, or is of a kind that needs none. */
function adminOf(rotation: RotationDraft | undefined): string | undefined {
  return rotation !== undefined && "admin" in rotation ? rotation.admin : undefined;
}

function adminProblems(path: string, { secret }: SecretAt, secrets: readonly SecretAt[]): readonly Problem[] {
  const name = adminOf(secret.rotation);
  if (name === undefined) {
    const expected = adminNeed(secret.rotation);
    return expected === undefined ? [] : [{ path, expected, got: "nothing" }];
  }
  const admin = secrets.find((other) => other.secret.name === name)?.secret;
  if (admin === undefined)
    return [{ path, expected: "the name of a secret declared here", got: shown(name) }];
  return adminOf(admin.rotation) === undefined && admin !== secret
    ? []
    : [{ path, expected: "a secret that has no administrator's secret itself", got: shown(name) }];
}

/** Why a rotation cannot do without an administrator; undefined when it can, or its admin was refused already. */
function adminNeed(rotation: RotationDraft | undefined): string | undefined {
  if (rotation === undefined || "admin" in rotation) return undefined;
  const what = "the secret of an administrator";
  if (rotation.kind === "http-api-key")
    return JSON.stringify(rotation.api ?? {}).includes("{{admin.")
      ? `${what}, which {{admin.…}} reads`
      : undefined;
  if (rotation.kind !== "scheduled") return undefined;
  if (rotation.strategy === "alternating-users") return `${what}, which alternating users need`;
  if (rotation.strategy === "superuser-managed") return `${what}, which superuser-managed needs`;
  return undefined;
}

/** A name that has to be one of those declared. */
export function undeclared(
  path: string,
  name: string | undefined,
  declared: Readonly<Record<string, unknown>> | undefined,
  what: string,
): readonly Problem[] {
  if (name === undefined || declared === undefined || Object.hasOwn(declared, name)) return [];
  const known = Object.keys(declared).join(", ") || "none is declared";
  return [{ path, expected: `${what} (${known})`, got: shown(name) }];
}
