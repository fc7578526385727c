import { strict as assert } from "assert";
import { existsSync, readdirSync, readFileSync } from "fs";
import { dirname, join } from "path";
import { databaseKinds } from "../../../../policies/facts/databases/database-kinds";
import { secretProperties } from "../../../../policies/facts/secrets/secret-properties";

const provider = dirname(require.resolve("@pulumi/aws/package.json"));
const nestedTypes = readFileSync(join(provider, "types/input.d.ts"), "utf8");

/** Source of a resource class by its type token; undefined when the provider has no such type. */
function sourceOf(type: string): string | undefined {
  const file = join(provider, `${type.split(":")[1]}.js`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Every input that the provider's schema calls secret, as `type property`. */
function schemaSecrets(): readonly string[] {
  const modules = readdirSync(provider, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return modules.flatMap(({ name: module }) =>
    readdirSync(join(provider, module))
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => {
        const source = readFileSync(join(provider, module, file), "utf8");
        const [, type] = /__pulumiType = '([^']+)'/.exec(source) ?? [];
        return type === undefined ? [] : secretInputs(source).map((property) => `${type} ${property}`);
      }),
  );
}

/** The SDK wraps secret inputs, and only those. */
function secretInputs(source: string): readonly string[] {
  return [...source.matchAll(/= args\?\.(\w+) \? pulumi\.secret\(/g)].map(([, property = ""]) => property);
}

/** Secret inputs of the schema that HC-05 leaves out, with the reason. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  "never in a state, so that nobody reads it there": [
    "aws:acm/certificate:Certificate privateKeyWo",
    "aws:elasticache/replicationGroup:ReplicationGroup authTokenWo",
    "aws:elasticache/user:User passwordsWo",
    "aws:kms/ciphertext:Ciphertext plaintextWo",
    "aws:transfer/hostKey:HostKey hostKeyBodyWo",
    "aws:bedrock/agentcoreApiKeyCredentialProvider:AgentcoreApiKeyCredentialProvider apiKeyWo",
  ],
  "the subject of SM-15 and SSM-01": [
    "aws:secretsmanager/secretVersion:SecretVersion secretBinary",
    "aws:secretsmanager/secretVersion:SecretVersion secretString",
    "aws:secretsmanager/secretVersion:SecretVersion secretStringWo",
    "aws:ssm/parameter:Parameter value",
    "aws:ssm/parameter:Parameter valueWo",
  ],
  "certificates and keys that are public": [
    "aws:dms/certificate:Certificate certificatePem",
    "aws:iot/authorizer:Authorizer tokenSigningPublicKeys",
    "aws:iot/caCertificate:CaCertificate caCertificatePem",
    "aws:iot/caCertificate:CaCertificate verificationCertificatePem",
    "aws:iot/certificate:Certificate caPem",
    "aws:iot/certificate:Certificate certificatePem",
    "aws:transfer/certificate:Certificate certificate",
    "aws:transfer/certificate:Certificate certificateChain",
    "aws:sns/platformApplication:PlatformApplication platformPrincipal",
    "aws:pinpoint/apnsChannel:ApnsChannel certificate",
    "aws:pinpoint/apnsSandboxChannel:ApnsSandboxChannel certificate",
    "aws:pinpoint/apnsVoipChannel:ApnsVoipChannel certificate",
    "aws:pinpoint/apnsVoipSandboxChannel:ApnsVoipSandboxChannel certificate",
  ],
  "names, texts and whole documents": [
    "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion content",
    "aws:bedrock/agentcoreHarness:AgentcoreHarness environmentVariables",
    "aws:cloudcontrol/resource:Resource schema",
    "aws:directoryservice/sharedDirectory:SharedDirectory notes",
    "aws:glue/connection:Connection athenaProperties",
    "aws:pinpoint/admChannel:AdmChannel clientId",
    "aws:redshiftserverless/namespace:Namespace adminUsername",
    "aws:s3/objectCopy:ObjectCopy kmsEncryptionContext",
    "aws:s3/objectCopy:ObjectCopy kmsKeyId",
    "aws:transfer/server:Server postAuthenticationLoginBanner",
    "aws:transfer/server:Server preAuthenticationLoginBanner",
    "aws:pinpoint/apnsChannel:ApnsChannel bundleId",
    "aws:pinpoint/apnsChannel:ApnsChannel teamId",
    "aws:pinpoint/apnsChannel:ApnsChannel tokenKeyId",
    "aws:pinpoint/apnsSandboxChannel:ApnsSandboxChannel bundleId",
    "aws:pinpoint/apnsSandboxChannel:ApnsSandboxChannel teamId",
    "aws:pinpoint/apnsSandboxChannel:ApnsSandboxChannel tokenKeyId",
    "aws:pinpoint/apnsVoipChannel:ApnsVoipChannel bundleId",
    "aws:pinpoint/apnsVoipChannel:ApnsVoipChannel teamId",
    "aws:pinpoint/apnsVoipChannel:ApnsVoipChannel tokenKeyId",
    "aws:pinpoint/apnsVoipSandboxChannel:ApnsVoipSandboxChannel bundleId",
    "aws:pinpoint/apnsVoipSandboxChannel:ApnsVoipSandboxChannel teamId",
    "aws:pinpoint/apnsVoipSandboxChannel:ApnsVoipSandboxChannel tokenKeyId",
  ],
  "tokens that AWS support gives once, to switch a bucket's lock on": [
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration token",
    "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2 token",
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig token",
  ],
};

describe("properties that hold secrets", () => {
  for (const { type, path } of secretProperties) {
    it(`${type} ${path.join(".")} is one of the provider's`, () => {
      const [property, ...inner] = path;
      assert.match(sourceOf(type) ?? "", new RegExp(`args\\?\\.${property}\\b`));
      for (const member of inner) assert.match(nestedTypes, new RegExp(`^ {8}${member}\\??: `, "m"));
    });
  }

  it("of the provider's schema are judged, save a few", () => {
    const judged = new Set([
      ...secretProperties.map(({ type, path }) => `${type} ${path[0]}`),
      ...databaseKinds.flatMap(({ type, passwords }) => passwords.map((property) => `${type} ${property}`)),
      ...Object.values(leftOut).flat(),
    ]);
    assert.deepEqual(
      schemaSecrets().filter((one) => !judged.has(one)),
      [],
    );
  });
});
