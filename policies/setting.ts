import { PolicyConfigSchema } from "@pulumi/policy";

/** One setting of a policy, as JSON schema. The default is required, so that a rule works with no configuration. */
export type Setting = PolicyConfigSchema["properties"][string] & { readonly default: unknown };

/** Settings by name. */
export type Settings = Readonly<Record<string, Setting>>;

type Widen<T> = T extends number ? number : T extends string ? string : T extends boolean ? boolean : T;

/** Values of the settings, after the defaults. */
export type ConfigOf<S extends Settings> = { readonly [K in keyof S]: Widen<S[K]["default"]> };

/** The configured values over the defaults: the engine fills them in as well, a test does not. */
export function withDefaults<S extends Settings>(settings: S, configured: object): ConfigOf<S> {
  const defaults = Object.entries(settings).map(([name, setting]) => [name, setting.default]);
  return { ...Object.fromEntries(defaults), ...configured } as ConfigOf<S>;
}
