/** Options of `runtime:` in a project file, as the engine passes them. */
export type RuntimeOptions = Readonly<Record<string, unknown>>;

/**
 * The variables that tell Pulumi's Node entry points how to load a program. Programs start without type checking, which
 * is a step of its own in `npm test`, unless the user says otherwise.
 */
export function programEnvironment(base: NodeJS.ProcessEnv, options: RuntimeOptions): NodeJS.ProcessEnv {
  const tsconfig = options["tsconfig"];
  return {
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    ...base,
    PULUMI_NODEJS_TYPESCRIPT: String(options["typescript"] !== false && options["typescript"] !== "false"),
    ...(typeof tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
  };
}

/** Arguments for Node itself, from the option `nodeargs`. */
export function nodeArguments(options: RuntimeOptions): string[] {
  const text = options["nodeargs"];
  return typeof text === "string" ? text.split(/\s+/).filter((word) => word !== "") : [];
}
