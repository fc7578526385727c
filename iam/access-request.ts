/** Who makes a request, as AWS sees it after authentication. */
export type RequestPrincipal =
  | { readonly kind: "anonymous" }
  /** An AWS service acting on its own behalf, such as `secretsmanager.amazonaws.com`. */
  | { readonly kind: "service"; readonly service: string }
  /**
   * Whoever holds a token or an assertion of an identity provider, before a role is assumed with it; the provider as
   * `Federated` names it: an ARN, or `accounts.google.com` and the like.
   */
  | { readonly kind: "federated"; readonly provider: string }
  | { readonly kind: "root"; readonly accountId: string }
  | { readonly kind: "user"; readonly accountId: string; readonly arn: string }
  | {
      readonly kind: "role-session";
      readonly accountId: string;
      /** `arn:aws:iam::<account>:role/<path><name>`: the value of `aws:PrincipalArn`. */
      readonly roleArn: string;
      /** `arn:aws:sts::<account>:assumed-role/<name>/<session>`. */
      readonly sessionArn: string;
      /** Service-linked roles are exempt from service control policies. */
      readonly serviceLinked?: boolean;
    };

/**
 * Request context: condition key in lower case to its value, or values for a multivalued key. A key that is
 * absent from the request is absent here. `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:PrincipalType`,
 * `aws:ResourceAccount`, tags, time and the rest are the caller's to supply.
 */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** One action on one resource by one principal, with everything that conditions may ask about. */
export interface AccessRequest {
  readonly principal: RequestPrincipal;
  /** Such as `secretsmanager:GetSecretValue`; compared without regard to case. */
  readonly action: string;
  readonly resource: { readonly arn: string; readonly accountId: string };
  readonly context: RequestContext;
}
