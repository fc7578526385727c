import { Parsed } from "../components/model/credential";
import { SecretVersions, versionWithStage } from "./versions";

/**
 * The values of every version that has a stage, once `token` is AWSCURRENT. A rotation starts by placing AWSPENDING on its
 * version, before its function is called: what was made before this read and is in none of these values belongs to no
 * rotation.
 *
 * @returns `unsettled` when another version is AWSCURRENT or AWSPENDING, or a version has no value that can be read
 */
export async function stagedValues<Payload>(
  versions: SecretVersions,
  secretId: string,
  token: string,
  parse: (text: string) => Parsed<Payload>,
): Promise<readonly Payload[] | "unsettled"> {
  const now = await versions.describe(secretId);
  const pending = versionWithStage(now, "AWSPENDING") ?? token;
  if (versionWithStage(now, "AWSCURRENT") !== token || pending !== token) return "unsettled";
  const values: Payload[] = [];
  for (const [versionId, stages] of now.stages) {
    if (stages.length === 0) continue;
    const value = await versions.read(secretId, { versionId });
    const parsed = value === "absent" || value.text === undefined ? undefined : parse(value.text);
    if (!parsed?.ok) return "unsettled";
    values.push(parsed.value);
  }
  return values;
}
