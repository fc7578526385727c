import { CompiledStatement } from "../compiled-statement";
import { ConditionTest } from "../conditions/condition-block";
import { readOperatorName } from "../conditions/operator-name";
import { accountIdOf } from "../principal-match";
import { textsOf, variablesOf } from "./document-texts";
import { hasSymbol } from "./symbol";

/** Principals whom an `Allow` statement of a resource's policy lets in as everyone, or by their account. */
export interface Opening {
  /** Absent: of all accounts. */
  readonly accountId?: string;
  /** The only values of `aws:PrincipalArn` that the statement's conditions take, when they can be listed. */
  readonly arns?: ReadonlySet<string>;
  /** Whether the conditions on `aws:PrincipalArn` may let this one in. */
  readonly admits: (principalArn: string) => boolean;
}

const PRINCIPAL_ARN = "aws:principalarn";
const PLAIN = /^[^*?$]*$/;

/** One for each account, or everyone, that the statement names. */
export function openingsOf({ parts }: CompiledStatement): readonly Opening[] {
  if (parts.statement.Principal === undefined) return [];
  const names = textsOf(parts).principals;
  const accounts = new Set(names.map((name) => (name === "*" ? "*" : accountIdOf(name))));
  const tests = parts.conditions.filter(isAboutArn);
  const list = tests.find(isList)?.values;
  const arns = list && new Set(list);
  const admits = (arn: string): boolean =>
    hasSymbol(arn) ||
    ((arns === undefined || arns.has(arn)) && tests.every((test) => test.holds({ [PRINCIPAL_ARN]: arn })));
  return [...accounts].flatMap((account): readonly Opening[] =>
    account === undefined
      ? []
      : [{ ...(account !== "*" && { accountId: account }), ...(arns && { arns }), admits }],
  );
}

/** A test that the ARN of a principal decides. */
function isAboutArn(test: ConditionTest): boolean {
  return (
    test.key === PRINCIPAL_ARN &&
    variablesOf(test).length === 0 &&
    !test.values.some(hasSymbol) &&
    readOperatorName(test.operator) !== undefined
  );
}

function isList({ operator, values }: ConditionTest): boolean {
  return (
    /^(ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike)(IfExists)?$/.test(operator) &&
    values.every((value) => PLAIN.test(value))
  );
}
