import { kindOfName } from "../credential/key-name";
import { membersOf } from "../credential/members";
import { Graph } from "../stack/graph";
import { Resource, types } from "../stack/resource";
import { read, readString } from "../stack/tri-state";

/** A type of resource with outputs that are secrets. */
interface Source {
  readonly outputs: readonly string[];
  /** True when nothing else of it can be unknown, save its id, which nobody puts anywhere. */
  readonly onlySecrets: boolean;
}

const sources: Readonly<Record<string, Source>> = {
  [types.randomPassword]: { outputs: ["result", "bcryptHash"], onlySecrets: true },
  [types.accessKey]: { outputs: ["secret", "sesSmtpPasswordV4"], onlySecrets: false },
  [types.secretVersion]: { outputs: ["secretString", "secretBinary"], onlySecrets: false },
  "aws:iam/userLoginProfile:UserLoginProfile": { outputs: ["password"], onlySecrets: true },
  "tls:index/privateKey:PrivateKey": { outputs: ["privateKeyPem", "privateKeyOpenssh"], onlySecrets: false },
};

/** What it means for an unknown value to be computed from a resource. */
export type Derivation = "secret" | "perhaps" | "no";

/**
 * Whether an unknown value that is computed from this resource is one of its secrets: yes when it has nothing else that
 * is unknown, no when its secrets are known already, so that the unknown part is another one, such as its ARN.
 */
export function derivation(resource: Resource): Derivation {
  const source = sources[resource.type];
  if (source === undefined) return "no";
  if (source.onlySecrets) return "secret";
  const hidden = source.outputs.some((output) => read(resource.props, output).state === "unknown");
  return hidden ? "perhaps" : "no";
}

/** Shorter texts are found everywhere. */
const shortestSecret = 8;

/**
 * Values that are known to be secret: what sources hold, and of a JSON text its members with the name of a credential.
 * Each with the resource that holds it.
 */
export function secretValues(graph: Graph): ReadonlyMap<string, Resource> {
  const values = new Map<string, Resource>();
  const add = (text: string, holder: Resource) => {
    if (text.length >= shortestSecret && !values.has(text)) values.set(text, holder);
  };
  for (const [type, { outputs }] of Object.entries(sources)) {
    for (const resource of graph.of(type)) {
      for (const output of outputs) {
        const value = readString(resource.props, output);
        if (value.state !== "known") continue;
        add(value.value, resource);
        for (const { name, text } of membersOf(value.value))
          if (kindOfName(name) === "credential") add(text, resource);
      }
    }
  }
  return values;
}
