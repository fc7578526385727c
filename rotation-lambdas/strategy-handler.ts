import {
  parseRotationSettings,
  RotationSettings,
  RotationStrategyName,
  rotationSettingsVariable,
} from "../components/model/rotation-settings";
import { LambdaContext, rotationHandler } from "./handler";
import { Environment, secretsManagerVersions } from "./secrets-manager";
import { RefusedLogins } from "./refused-logins";
import { Strategy } from "./strategy";

/** A kind of credential that is no login of a database. */
export interface CredentialKind<Payload> {
  /** Name of the section of the settings that it cannot do without. */
  readonly section: keyof RotationSettings;
  /** Strategies that it knows. */
  readonly strategies: readonly RotationStrategyName[];
  /** @param refused counts what the servers refuse */
  strategy(settings: RotationSettings, refused: RefusedLogins): Strategy<Payload>;
}

/**
 * The Lambda handler for keys and tokens, with its settings from the environment.
 *
 * @throws Error with every problem of the settings, when the function starts
 */
export function strategyHandler<Payload>(
  kind: CredentialKind<Payload>,
  environment: Environment,
): (event: unknown, context: LambdaContext) => Promise<unknown> {
  const parsed = parseRotationSettings(environment[rotationSettingsVariable]);
  const problems = parsed.ok ? kindProblems(kind, parsed.value) : parsed.problems;
  if (!parsed.ok || problems.length > 0)
    throw new Error(`${rotationSettingsVariable}: ${problems.join("; ")}`);
  const refused = new RefusedLogins();
  return rotationHandler({
    settings: parsed.value,
    strategy: kind.strategy(parsed.value, refused),
    takeRefusedLogins: () => refused.take(),
    versions: (budget) => secretsManagerVersions(environment, budget),
  });
}

function kindProblems<Payload>(kind: CredentialKind<Payload>, settings: RotationSettings): readonly string[] {
  const { section, strategies } = kind;
  return [
    ...(settings[section] === undefined ? [`${section}: expected an object`] : []),
    ...(strategies.includes(settings.strategy) ? [] : [`strategy: expected ${strategies.join(" or ")} here`]),
  ];
}
