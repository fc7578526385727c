import { OneOrMore, PolicyDocument, Statement, statementsOf } from "../../iam";
import { parseArn } from "../stack/location";

/** Values a condition key is compared with anywhere in a document; keys in lower case. */
export type Literals = ReadonlyMap<string, readonly string[]>;

/** What the probes need to know of a document; made once for each. */
export interface DocumentFacts {
  readonly literals: Literals;
  /** Accounts that an Allow statement names, by principal or by a condition on the caller. */
  readonly accounts: readonly string[];
  /** Principals that Allow statements name by ARN. */
  readonly principals: readonly string[];
  /** True when an Allow statement is about callers that it does not name: `*` or `NotPrincipal`. */
  readonly opensToUnnamed: boolean;
  /** Resource patterns of the statements, `*` left out. */
  readonly resources: readonly string[];
}

const facts = new WeakMap<PolicyDocument, DocumentFacts>();

/** Facts of a document that does not change afterwards. */
export function factsOf(document: PolicyDocument): DocumentFacts {
  const earlier = facts.get(document);
  if (earlier !== undefined) return earlier;
  const statements = statementsOf(document);
  const allows = statements.filter((statement) => statement.Effect === "Allow");
  const literals = literalsOf(statements);
  const principals = [...new Set(allows.flatMap(awsPrincipals))];
  const named = [...principals, ...(literals.get("aws:principalarn") ?? [])].map(accountIn);
  const byCondition = ["aws:principalaccount", "kms:calleraccount"].flatMap((key) => literals.get(key) ?? []);
  const result: DocumentFacts = {
    literals,
    principals: principals.filter((principal) => principal.startsWith("arn:")),
    accounts: [...new Set([...named, ...byCondition])].filter((account) => /^\d{12}$/.test(account)),
    opensToUnnamed: allows.some(isOpen),
    resources: [...new Set(statements.flatMap((one) => list(one.Resource)))].filter((one) => one !== "*"),
  };
  facts.set(document, result);
  return result;
}

/** `list("a")` and `list(["a"])` alike. */
export function list(values: OneOrMore | undefined): readonly string[] {
  if (values === undefined) return [];
  return typeof values === "string" ? [values] : values;
}

function isOpen(statement: Statement): boolean {
  if (statement.NotPrincipal !== undefined) return true;
  return statement.Principal === "*" || awsPrincipals(statement).includes("*");
}

function awsPrincipals(statement: Statement): readonly string[] {
  const { Principal: principal } = statement;
  return principal === undefined || principal === "*" ? [] : list(principal.AWS);
}

function accountIn(principal: string): string {
  return parseArn(principal)?.account ?? principal;
}

function literalsOf(statements: readonly Statement[]): Literals {
  const result = new Map<string, string[]>();
  for (const statement of statements) {
    for (const block of Object.values(statement.Condition ?? {})) {
      for (const [key, values] of Object.entries(block)) {
        const known = result.get(key.toLowerCase()) ?? [];
        const added = (Array.isArray(values) ? values : [values]).map(String);
        result.set(key.toLowerCase(), [...new Set([...known, ...added])]);
      }
    }
  }
  return result;
}
