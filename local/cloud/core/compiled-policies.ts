import { AttachedPolicy, compilePolicy, CompiledPolicy, PolicyDocument } from "../../../iam";

const MAX_KEPT = 5_000;
const kept = new Map<string, CompiledPolicy>();

/** Compiles a policy's JSON text, once for each text as long as it is among the latest used. */
export function compiledText(text: string): CompiledPolicy {
  let policy = kept.get(text);
  if (!policy) {
    policy = compilePolicy(JSON.parse(text) as PolicyDocument);
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(text, policy);
  }
  return policy;
}

/** A policy's text with the place it is attached, for the explanation. */
export function attachedText(source: string, text: string): AttachedPolicy {
  return { source, policy: compiledText(text) };
}
