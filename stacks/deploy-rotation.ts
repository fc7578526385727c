import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { RotationFunction } from "../components";
import {
  DatabaseTls,
  KeyRotation,
  Location,
  LoginRotation,
  RotationSettings,
  secretArnPattern,
} from "../components/model";
import { DeploymentFiles } from "./deployment-files";
import { Environment } from "./environment";
import { engineOf } from "./rotation-plan";

/** What every rotation function of an environment is made with. */
export interface RotationSurroundings {
  readonly environment: Environment;
  readonly files: DeploymentFiles;
  readonly provider: Provider;
}

type ByFunction = LoginRotation | KeyRotation;
type FunctionSettings = Omit<RotationSettings, "strategy">;

/** The function that rotates one secret. @param adminArn ARN of the administrator's secret, where there is one */
export function deployRotation(
  { environment, files, provider }: RotationSurroundings,
  secretName: string,
  plan: ByFunction,
  adminArn: pulumi.Input<string> | undefined,
): RotationFunction {
  const location = { accountId: environment.centralAccountId, region: environment.regions.primary };
  const engine = engineOf(plan)!;
  const isLogin = plan.kind === "scheduled";
  const args = {
    location,
    secretName,
    adminSecretName: plan.admin,
    replicaRegions: environment.regions.replicas,
    network: isLogin || plan.inNetwork ? environment.rotationNetwork : undefined,
    engine,
    strategy: isLogin ? plan.strategy : "dual-password",
    settings: pulumi
      .output(adminArn)
      .apply((arn) => settingsOf({ plan, secretName, location, adminArn: arn, files })),
    codeFolder: files.rotationCode[engine]!,
    ...(isLogin ? {} : { userArn: plan.userArn, userMakesKeys: plan.userArn === undefined }),
  } as const;
  return new RotationFunction(secretName, args, { provider });
}

interface SettingsFacts {
  readonly plan: ByFunction;
  readonly secretName: string;
  readonly location: Location;
  readonly adminArn: string | undefined;
  readonly files: DeploymentFiles;
}

function settingsOf({ plan, secretName, location, adminArn, files }: SettingsFacts): FunctionSettings {
  const secretArn = secretArnPattern(location, secretName);
  const tls = tlsOf(plan.kind === "scheduled" ? plan.database.tls : plan.tls, files);
  if (plan.kind !== "scheduled") return { secretArn, adminSecretArn: adminArn, tls, ...plan.settings };
  const adminSecretArn = plan.admin === undefined ? undefined : secretArnPattern(location, plan.admin);
  const settings = { secretArn, adminSecretArn, tls, password: plan.password, hostAliases: plan.hostAliases };
  return plan.firstValue === "out-of-band" ? settings : { ...settings, seed: seedOf(plan, adminArn) };
}

/**
 * The seed names the administrator's secret by its whole ARN, as the secret's own value will; its last six
 * characters are AWS's choice, so this one value, which is no policy, is unknown in the first preview.
 */
function seedOf({ database, username }: LoginRotation, masterarn: string | undefined) {
  const { engine, host, port, dbname } = database;
  return { engine, host, port, dbname, username, masterarn };
}

function tlsOf(tls: DatabaseTls | undefined, { authorities }: DeploymentFiles): RotationSettings["tls"] {
  return tls && { mode: tls.mode, caPem: tls.authorityFile && authorities[tls.authorityFile] };
}
