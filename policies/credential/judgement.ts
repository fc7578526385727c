import { decoded } from "./decoded";
import { credentialForm, isRandom } from "./form";
import { kindOfName } from "./key-name";
import { membersOf, NamedText } from "./members";
import { isReference } from "./reference";
import { scanned } from "./scanner";

/** A credential in a text, described without the text. */
export interface FoundCredential {
  /** Name of the member that holds it, where the text is made of several; else empty. */
  readonly member: string;
  /** What gives it away, such as `contains a private key`. */
  readonly why: string;
}

/** Deepest nesting of JSON and of base64 that is looked into. */
const deepest = 4;

/** Names of secrets have slashes; passwords that look like one are rare. */
const secretName = /^[A-Za-z][\w.+=@-]*(\/[\w.+=@-]+)+$/;

/**
 * What in a text is taken for a credential: by its form, by its name, by its name and its randomness, or by secretlint
 * where `scan` has seen the text. A JSON text is judged member by member, base64 by what it says.
 */
export function credentialsIn({ name, text }: NamedText, depth = 0): readonly FoundCredential[] {
  if (isReference(text)) return [];
  const members = depth < deepest ? membersOf(text) : [];
  if (members.length > 0) {
    return members.flatMap((member) =>
      credentialsIn(member, depth + 1).map(({ member: inner, why }) => ({
        member: inner || member.name,
        why,
      })),
    );
  }
  const why = whyCredential({ name, text });
  if (why !== undefined) return [{ member: "", why }];
  const plain = decoded(text);
  return plain === text || depth >= deepest ? [] : credentialsIn({ name, text: plain }, depth + 1);
}

/** What gives a text away that is one value, in words; undefined when nothing does. */
function whyCredential({ name, text }: NamedText): string | undefined {
  const form = credentialForm(text) ?? scanned(text);
  if (form !== undefined) return `contains ${form}`;
  const kind = kindOfName(name);
  if (kind === "credential" && !isSecretsName(name, text)) {
    return "has the name of a credential, and its value lies open";
  }
  return kind === "perhaps" && isRandom(text)
    ? "has the name of a key, and its random value lies open"
    : undefined;
}

function isSecretsName(name: string, text: string): boolean {
  return /secret|credential/i.test(name) && secretName.test(text) && !isRandom(text);
}
