import { NamedPrincipal } from "../../iam/proof";
import { parseArn } from "../stack/location";
import { givenDocument } from "./documents";

/**
 * A declared reader that no stack at hand holds: its own policies are taken to allow everything, as those of every
 * principal are that is not known by name, so that what is asked is whether the secret's side lets it in.
 */
export function assumedPrincipal(arn: string): NamedPrincipal | undefined {
  const parts = parseArn(arn);
  const kind = /^(role|user)\//.exec(parts?.rest ?? "")?.[1] as NamedPrincipal["kind"] | undefined;
  if (parts === undefined || kind === undefined) return undefined;
  const source = `policies of ${parts.rest.replace("/", " ")}, which no stack at hand holds`;
  const statement = { Effect: "Allow", Action: "*", Resource: "*" } as const;
  return {
    kind,
    arn,
    accountId: parts.account,
    tags: {},
    identity: [givenDocument({ Version: "2012-10-17", Statement: statement }, source)],
    assumed: true,
  };
}
