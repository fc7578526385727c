import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Environment } from "../../stacks/environment";
import { environmentProgram } from "../../stacks/program";

const SECRET = "orders/database";

/** Everyone may read, and decrypt: what somebody in a hurry writes when an account is refused, first here and then there. */
const READ_FOR_EVERYONE = {
  Effect: "Allow",
  Principal: "*",
  Action: "secretsmanager:GetSecretValue",
  Resource: "*",
};
const DECRYPT_FOR_EVERYONE = { Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" };

pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
  switch (type) {
    case "aws:secretsmanager/secretPolicy:SecretPolicy": {
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: [READ_FOR_EVERYONE] });
      return name === SECRET ? { props: { ...props, policy, blockPublicPolicy: false }, opts } : undefined;
    }
    case "aws:kms/key:Key": {
      const { Statement, ...document } = JSON.parse(props["policy"]);
      const policy = JSON.stringify({ ...document, Statement: [...Statement, DECRYPT_FOR_EVERYONE] });
      return { props: { ...props, policy }, opts };
    }
    default:
      return undefined;
  }
});

/** The environment as configured, but for one secret whose rotation is gone, without a reason. */
function withoutRotation(environment: Environment): Environment {
  const secrets = environment.secrets.map((secret) =>
    secret.name === SECRET ? { ...secret, rotation: { kind: "never", reason: "" } as const } : secret,
  );
  return { ...environment, secrets };
}

export = () => environmentProgram(resolve(__dirname, "../.."), withoutRotation);
