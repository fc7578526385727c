/**
 * The JSON policy language in AWS's own field names.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  readonly Version?: "2012-10-17" | "2008-10-17";
  readonly Id?: string;
  readonly Statement: Statement | readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: ConditionBlock;
}

/** `"*"`, or principals by type. An account may be written as twelve digits or as its root ARN. */
export type PrincipalElement =
  | "*"
  | {
      readonly AWS?: OneOrMore;
      readonly Service?: OneOrMore;
      readonly Federated?: OneOrMore;
      readonly CanonicalUser?: OneOrMore;
    };

/** Operator -> condition key -> value or values. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, ConditionValues>>>>;

export type ConditionValues = string | number | boolean | readonly (string | number | boolean)[];

export type OneOrMore = string | readonly string[];
