import { readFileSync } from "node:fs";
import { isKnown, Key, Scenario, SecretCopy } from "../../iam/proof";
import { FoundSecret, ReaderFacts, readersOf, scenarioText, whoText } from "../../policies/world";
import { anyOrganization } from "../../policies/organization";
import { Estate, estateOf } from "../access/estate";
import { stepsInEventLog } from "../access/event-log-steps";
import { previewedState } from "../access/previewed-state";
import { deployedResources } from "./deployed-resources";
import { Platform } from "./platform";
import { ScratchCloud } from "./scratch-cloud";

/** A reader that a change would let in, and the account and role that the proof makes the call with. */
interface Counterexample {
  readonly secret: FoundSecret;
  readonly copy: SecretCopy;
  readonly reader: ReaderFacts;
  readonly accountId: string;
  readonly roleArn: string;
  /** The call with that role, as the proof has it. */
  readonly scenario: Scenario;
}

/**
 * Takes the call that the proof has against a refused change, and makes it: first in a copy of the cloud as it is, where
 * it must be refused, then with the changed policies, where it must succeed.
 *
 * @param eventLog of the refused preview
 * @returns evidence in one line
 * @throws Error when the proof has no call, or the call does not do what the proof says
 */
export async function executeCounterexample(platform: Platform, eventLog: string): Promise<string> {
  const deployed = await deployedResources(platform);
  const steps = stepsInEventLog(readFileSync(eventLog, "utf8"));
  const after = previewedState(deployed, steps, "the refused preview");
  const estate = await estateOf(after, anyOrganization);
  const found = findCounterexample(estate);
  const cloud = await ScratchCloud.start(platform, found.accountId);
  try {
    return await tryOut(found, estate, cloud);
  } finally {
    await cloud.stop();
  }
}

async function tryOut(
  { secret, copy, reader, roleArn, scenario }: Counterexample,
  estate: Estate,
  cloud: ScratchCloud,
): Promise<string> {
  const credentials = await cloud.strangersRole(roleArn);
  const before = await cloud.read(copy.arn, copy.region, credentials);
  await applyChange(cloud, copy, estate);
  const after = await cloud.read(copy.arn, copy.region, credentials);
  if ("versionId" in before) throw new Error(`${roleArn} could read ${copy.arn} without the change as well`);
  if ("refused" in after)
    throw new Error(`${roleArn} cannot read ${copy.arn} with the change: ${after.refused}`);
  return (
    `counterexample executed: ${secret.secret.name} could be read by ${whoText(reader.who)}: ${scenarioText(scenario)}; ` +
    `that call read version ${after.versionId} under the changed policies, and gets ${before.refused} under those deployed`
  );
}

/** A class of strangers is alike in the proof: a role of theirs stands for it, if the proof says the same of the role. */
function findCounterexample({ world, proof }: Estate): Counterexample {
  for (const secret of world.secrets) {
    const strangers = readersOf(secret, world, proof).find(
      ({ who, standing }) => who.kind === "any-aws-principal" && standing === "undeclared",
    );
    const request = strangers?.access.witness?.steps[0]?.request;
    if (strangers === undefined || request === undefined || !("accountId" in request.principal)) continue;
    const { accountId } = request.principal;
    const roleArn = `arn:aws:iam::${accountId}:role/stranger`;
    const copy = secret.secret.copies.find(({ arn }) => arn === request.resource.arn)!;
    const scenario = proof.replay({ secretId: secret.secret.id, region: copy.region, principal: roleArn });
    if (!scenario.steps.every(({ decision }) => decision.allowed)) continue;
    return { secret, copy, reader: strangers, accountId, roleArn, scenario };
  }
  throw new Error("the proof finds no stranger who could read a secret after the refused change");
}

/** The documents that decide about the secret, as they would be after the change. */
async function applyChange(cloud: ScratchCloud, copy: SecretCopy, { world }: Estate): Promise<void> {
  const key: Key | undefined = world.world.keys.find(({ arn }) => arn === copy.key);
  if (copy.policy !== undefined && isKnown(copy.policy)) {
    await cloud.putSecretPolicy(copy.arn, copy.region, copy.policy.policy.document);
  }
  if (key !== undefined && isKnown(key.policy)) {
    await cloud.putKeyPolicy(key.arn, copy.region, key.policy.policy.document);
  }
}
