import { Redactor } from "./redacting";
import { Surroundings } from "./strategy";
import { SecretVersions, textOf } from "./versions";

/** Reads other secrets than the one that is rotated; their texts are redacted from then on. */
export function otherSecrets(versions: SecretVersions, redactor: Redactor): Surroundings["readSecret"] {
  return async (secretId, stage) => {
    const value = await versions.read(secretId, { stage });
    if (value === "absent") return value;
    const text = textOf(value, "administrator's");
    redactor.remember(text);
    return text;
  };
}
