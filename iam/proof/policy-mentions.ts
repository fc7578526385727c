import { CompiledStatement } from "../compiled-statement";
import { accountIdOf } from "../principal-match";
import { Atom, atomKey, atomOf } from "./atom";
import { variablesOf } from "./document-texts";
import { actionView } from "./action-view";
import { Opening, openingsOf } from "./opening";
import { isKnown, WorldDocument } from "./world";
import { CompiledPolicy } from "../compiled-policy";

/** Whom the `Allow` statements of a resource's policy name, for one action. */
export interface Admitted {
  /** Some statement names everyone, or the policy is not known. */
  readonly everyone: boolean;
  readonly accounts: ReadonlySet<string>;
  /** ARNs of roles, users and sessions. */
  readonly arns: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** How the statements let in everyone and accounts. */
  readonly openings: readonly Opening[];
}

const NO_ONE: Admitted = {
  everyone: false,
  accounts: new Set(),
  arns: new Set(),
  services: new Set(),
  openings: [],
};
const EVERYONE: Admitted = { ...NO_ONE, everyone: true, openings: [{ admits: () => true }] };
const known = new WeakMap<CompiledPolicy, Admitted>();

/** @param action in lower case */
export function admittedBy(document: WorldDocument | undefined, action: string): Admitted {
  if (document === undefined) return NO_ONE;
  if (!isKnown(document)) return EVERYONE;
  const view = actionView(document.policy, action);
  let admitted = known.get(view);
  if (admitted === undefined) known.set(view, (admitted = readAdmitted(view)));
  return admitted;
}

function readAdmitted({ allows }: CompiledPolicy): Admitted {
  const names = allows.flatMap(({ parts }) => namesIn(parts.statement.Principal));
  const services = allows.flatMap(({ parts }) => {
    const { Principal: element } = parts.statement;
    return element === undefined || element === "*" ? [] : listOf(element.Service);
  });
  const arns = names.filter((name) => name !== "*" && accountIdOf(name) === undefined);
  const ofArns = arns.map((arn) => arn.split(":")[4] ?? "").filter((id) => id !== "");
  return {
    everyone: names.includes("*"),
    accounts: new Set([...names.flatMap((name) => accountIdOf(name) ?? []), ...ofArns]),
    arns: new Set(arns),
    services: new Set(services),
    openings: allows.flatMap(openingsOf),
  };
}

function namesIn(element: CompiledStatement["parts"]["statement"]["Principal"]): readonly string[] {
  return element === undefined ? [] : element === "*" ? ["*"] : listOf(element.AWS);
}

/** Whether a principal of another account than the resource's may be let in as everyone, or by its account. */
export function admitsPrincipal({ openings }: Admitted, accountId: string, arn: string): boolean {
  return openings.some(
    (one) => (one.accountId === undefined || one.accountId === accountId) && one.admits(arn),
  );
}

/** What a document says that tells callers apart who are not named in the world. */
export interface Mentions {
  readonly arnAtoms: readonly Atom[];
  readonly accountAtoms: readonly Atom[];
  readonly organizationAtoms: readonly Atom[];
  /** ARNs and account ids named as principals, also in denials. */
  readonly names: readonly string[];
}

const mentions = new WeakMap<CompiledPolicy, Mentions>();
const NOTHING: Mentions = { arnAtoms: [], accountAtoms: [], organizationAtoms: [], names: [] };

/** @param action in lower case */
export function mentionsOf(document: WorldDocument, action: string): Mentions {
  if (!isKnown(document)) return NOTHING;
  const view = actionView(document.policy, action);
  let known = mentions.get(view);
  if (known === undefined) mentions.set(view, (known = readMentions(view)));
  return known;
}

function readMentions({ allows, denies }: CompiledPolicy): Mentions {
  const statements = [...allows, ...denies];
  const atoms = (...keys: readonly string[]) =>
    statements.flatMap(({ parts }) =>
      parts.conditions.flatMap((test) =>
        keys.includes(test.key) && variablesOf(test).length === 0
          ? test.values.flatMap((value) => atomOf(test.operator, value, test.variables, {}) ?? [])
          : [],
      ),
    );
  return {
    arnAtoms: atoms("aws:principalarn"),
    accountAtoms: atoms("aws:principalaccount", "kms:calleraccount"),
    organizationAtoms: atoms("aws:principalorgid"),
    names: statements
      .flatMap(({ parts }) => [
        ...namesIn(parts.statement.Principal),
        ...namesIn(parts.statement.NotPrincipal),
      ])
      .filter((name) => name !== "*"),
  };
}

/** The same for mentions of the same. */
export function mentionsKey({ arnAtoms, accountAtoms, organizationAtoms, names }: Mentions): string {
  const texts = [arnAtoms, accountAtoms, organizationAtoms].map((atoms) => atoms.map(atomKey).join());
  return [...texts, names.join()].join(" ");
}

function listOf(values: string | readonly string[] | undefined): readonly string[] {
  return values === undefined ? [] : typeof values === "string" ? [values] : values;
}
