import { Resource } from "../../../policies/stack/resource";
import { policy, resource } from "./stack";

export const trust = policy({
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
});

/** A role of the name, as a program makes it. */
export function role(name = "worker", props: Record<string, unknown> = {}): Resource {
  return resource("role", name, { props: { name, assumeRolePolicy: trust, ...props } });
}

/** A policy of its own resource for a role. */
export function rolePolicy(name: string, of: string, document: unknown): Resource {
  return resource("rolePolicy", name, { props: { role: of, policy: document } });
}

/** The role `worker` with one policy, `rights`, of these statements. */
export function worker(...statements: readonly object[]): readonly Resource[] {
  return [role(), rolePolicy("rights", "worker", policy(...statements))];
}

/** Allow these actions on these resources. */
export function allow(
  action: string | readonly string[],
  on: string | readonly string[] = "*",
  more: object = {},
) {
  return { Effect: "Allow", Action: action, Resource: on, ...more };
}

export function deny(
  action: string | readonly string[],
  on: string | readonly string[] = "*",
  more: object = {},
) {
  return { ...allow(action, on, more), Effect: "Deny" };
}

/** A condition block. */
export function when(operator: string, key: string, value: unknown): { readonly Condition: object } {
  return { Condition: { [operator]: { [key]: value } } };
}

/** Ways to say nothing certain that every rule over identity policies has to treat alike. */
export const boundaryElsewhere = "arn:aws:iam::111111111111:policy/boundary";
