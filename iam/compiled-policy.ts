import { CompiledStatement, compileStatement } from "./compiled-statement";
import { PolicyDocument, Statement } from "./policy-document";

/** A document ready for many decisions. Immutable, like the document it was made from. */
export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly allows: readonly CompiledStatement[];
  readonly denies: readonly CompiledStatement[];
}

const compiled = new WeakMap<PolicyDocument, CompiledPolicy>();

/** Compiles a document once for as long as the object lives; the document must not change afterwards. */
export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const known = compiled.get(document);
  if (known !== undefined) return known;
  const variables = document.Version === "2012-10-17";
  const statements = statementsOf(document).map((statement, index) =>
    compileStatement(statement, index, variables),
  );
  const policy = {
    document,
    allows: statements.filter((statement) => statement.effect === "Allow"),
    denies: statements.filter((statement) => statement.effect === "Deny"),
  };
  compiled.set(document, policy);
  return policy;
}

/** The statements of a document, also when it has a single one without brackets. */
export function statementsOf(document: PolicyDocument): readonly Statement[] {
  return Array.isArray(document.Statement)
    ? (document.Statement as readonly Statement[])
    : [document.Statement as Statement];
}
