import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Environment } from "../../stacks/environment";
import { environmentProgram } from "../../stacks/program";

const SECRET = "orders/database";

/** Everyone may read: what somebody in a hurry writes when an account is refused. */
const FOR_EVERYONE = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" }],
});

pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) =>
  type === "aws:secretsmanager/secretPolicy:SecretPolicy" && name === SECRET
    ? { props: { ...props, policy: FOR_EVERYONE, blockPublicPolicy: false }, opts }
    : undefined,
);

/** The environment as configured, but for one secret whose rotation is gone, without a reason. */
function withoutRotation(environment: Environment): Environment {
  const secrets = environment.secrets.map((secret) =>
    secret.name === SECRET ? { ...secret, rotation: { kind: "never", reason: "" } as const } : secret,
  );
  return { ...environment, secrets };
}

export = () => environmentProgram(resolve(__dirname, "../.."), withoutRotation);
