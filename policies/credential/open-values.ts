import { undecided, violation } from "../findings";
import { Leaf, pathText } from "../stack/leaves";
import { deciders, label, Resource } from "../stack/resource";
import { Finding } from "../rule";
import { isUnder } from "../taint/secret-paths";
import { credentialsIn, FoundCredential } from "./judgement";
import { NamedText } from "./members";
import { kindOfName } from "./key-name";
import { scan } from "./scanner";

/** A value of a resource that everybody who may describe the resource can read. */
export interface OpenValue extends Leaf {
  /** Name of the variable or property that the value is given to. */
  readonly name: string;
  /** Takes a program or a document apart into what it sets by name. */
  readonly split?: (text: string) => readonly NamedText[];
}

/** Gives the texts of these values to the scanner. Undefined when there is nothing to scan. */
export function scanOpenValues(resource: Resource, values: readonly OpenValue[]): Promise<void> | undefined {
  return scan(
    values.flatMap(({ path, value, split }) => {
      if (value.state !== "known" || isSecret(resource, path)) return [];
      return [value.value, ...(split?.(value.value) ?? []).map(({ text }) => text)];
    }),
  );
}

/**
 * What to say of open values: a violation for each credential that shows itself. What Pulumi keeps as a secret, or what
 * an exported state has redacted, is left to TAINT-01, which needs no look at the value. An unknown value is undecided
 * when its name is that of a credential.
 */
export function credentialFindings(
  resource: Resource,
  values: readonly OpenValue[],
  fix: string,
): readonly Finding[] {
  return values.flatMap((open): readonly Finding[] => {
    const where = `${label(resource)}: ${pathText(open.path)}`;
    if (isSecret(resource, open.path)) return [];
    if (open.value.state === "known") {
      return foundIn(open, open.value.value).map(({ member, why }) =>
        violation(resource, member === "" ? `${where} ${why}` : `${where}, where ${member} ${why}`, fix),
      );
    }
    if (open.value.state === "absent" || open.value.redacted === true) return [];
    if (kindOfName(open.name) !== "credential") return [];
    const reason = `whether ${pathText(open.path)} of ${label(resource)} holds a credential is not known`;
    return [undecided(resource, reason, deciders(resource, String(open.path[0])))];
  });
}

/** What is set by name says more than the whole text, which is looked at for forms when no name gives one away. */
function foundIn({ name, split }: OpenValue, text: string): readonly FoundCredential[] {
  const named = (split?.(text) ?? []).flatMap((part) =>
    credentialsIn(part).map(({ member, why }) => ({ member: member || part.name, why })),
  );
  return named.length > 0 ? named : credentialsIn({ name, text });
}

function isSecret(resource: Resource, path: OpenValue["path"]): boolean {
  return isUnder(resource.secretPaths ?? [], path);
}
