import { Operation } from "../core/operation";

/** Records an operation's whole request in CloudTrail, as IAM does: nothing in it is secret. */
export function withTrail(operation: Operation): Operation {
  const readOnly = /^(Get|List)/.test(operation.name);
  return { ...operation, trail: { readOnly, request: (input) => spelled(input) } };
}

/** CloudTrail spells members with a small first letter. */
function spelled(input: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      value as unknown,
    ]),
  );
}
