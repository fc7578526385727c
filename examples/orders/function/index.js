const { GetSecretValueCommand, SecretsManagerClient } = require("@aws-sdk/client-secrets-manager"); // in the runtime

const client = new SecretsManagerClient({});

/** Says which version of its login the function sees; never the login. */
exports.handler = async () => {
  const { VersionId, VersionStages } = await client.send(
    new GetSecretValueCommand({ SecretId: process.env.SECRET_ID }),
  );
  return { VersionId, VersionStages };
};
