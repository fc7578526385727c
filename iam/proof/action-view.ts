import { CompiledPolicy } from "../compiled-policy";
import { CompiledStatement } from "../compiled-statement";

const views = new WeakMap<CompiledPolicy, Map<string, CompiledPolicy>>();

/** The document as far as it is about the action. */
export function actionView(policy: CompiledPolicy, action: string): CompiledPolicy {
  let byAction = views.get(policy);
  if (byAction === undefined) views.set(policy, (byAction = new Map()));
  let view = byAction.get(action);
  if (view === undefined) {
    const isAbout = ({ parts }: CompiledStatement) => parts.action === undefined || parts.action(action);
    view = { ...policy, allows: policy.allows.filter(isAbout), denies: policy.denies.filter(isAbout) };
    byAction.set(action, view);
  }
  return view;
}
