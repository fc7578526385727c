import {
  parseRotationSettings,
  RotationSettings,
  RotationStrategyName,
  rotationSettingsVariable,
} from "../components/model/rotation-settings";
import { DatabaseCredential } from "../components/model/credential";
import { Driver } from "./driver";
import { LambdaContext, rotationHandler } from "./handler";
import { Environment, secretsManagerVersions } from "./secrets-manager";
import { RefusedLogins } from "./refused-logins";
import { alternatingUsers } from "./strategies/alternating-users";
import { dualPassword } from "./strategies/dual-password";
import { singleUser } from "./strategies/single-user";
import { superuserManaged } from "./strategies/superuser-managed";
import { Strategy } from "./strategy";

const strategies: Readonly<Record<RotationStrategyName, (driver: Driver) => Strategy<DatabaseCredential>>> = {
  "single-user": singleUser,
  "alternating-users": alternatingUsers,
  "dual-password": dualPassword,
  "superuser-managed": superuserManaged,
};

/**
 * The Lambda handler for a database, with its settings from the environment.
 * @throws Error with every problem of the settings, when the function starts
 */
export function databaseHandler(
  driverOf: (settings: RotationSettings) => Driver,
  environment: Environment,
): (event: unknown, context: LambdaContext) => Promise<unknown> {
  const parsed = parseRotationSettings(environment[rotationSettingsVariable]);
  if (!parsed.ok) throw new Error(`${rotationSettingsVariable}: ${parsed.problems.join("; ")}`);
  const settings = parsed.value;
  const refused = new RefusedLogins();
  const strategy = strategies[settings.strategy](refused.counting(driverOf(settings)));
  return rotationHandler({
    settings,
    strategy,
    takeRefusedLogins: () => refused.take(),
    versions: (budget) => secretsManagerVersions(environment, budget),
  });
}
