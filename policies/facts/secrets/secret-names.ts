import { SecretNode } from "../../stack/graph";
import { likelyArn } from "./secret-target";

/** AWS ends the ARN of a secret with a hyphen and six characters, for which policies put wildcards. */
const ending = /-(\?{6}|\*|[A-Za-z0-9]{6})$/;

/** Name in an ARN of a secret, or a pattern of one, without AWS's ending; undefined for anything else. */
export function nameInArn(arn: string): string | undefined {
  const name = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(arn)?.[1];
  return name?.replace(ending, "");
}

/** Name of a secret; undefined while it is not known. */
export function nameOf(secret: SecretNode): string | undefined {
  const arn = likelyArn(secret);
  return arn === undefined ? undefined : nameInArn(arn);
}
