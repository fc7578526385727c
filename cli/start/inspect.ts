import { anyOrganization } from "../../policies/organization";
import { estateOf } from "../access/estate";
import { ReaderRow, readerRows } from "../access/reader-rows";
import { processIo } from "../command-io";
import { awsClients } from "../rotation/aws-clients";
import { checkSecret } from "../rotation/check-secret";
import { deployedResources } from "./deployed-resources";
import { Platform, PRIMARY_REGION } from "./platform";

const SECRET = "orders/database";

/** What can be known without a read and without a rotation: who can read each secret, and whether one can rotate. */
export async function inspect(platform: Platform): Promise<void> {
  await showReaders(platform);
  await showPreflight(platform);
}

/** The proof over what is deployed finds the declared readers and nobody else; the roles of other stacks by account. */
function showReaders(platform: Platform): Promise<void> {
  const remedy =
    "somebody who was not declared can read: `strongroom access list` and `access explain` say how";
  return platform.report.step({ name: "readers", remedy }, async () => {
    const estate = await estateOf(await deployedResources(platform), anyOrganization);
    const rows = readerRows(estate, estate.world.secrets);
    const strangers = rows.filter(({ standing }) => standing === "undeclared");
    if (strangers.length > 0) throw new Error(strangers.map(lineOf).join("\n"));
    const unsure = rows.filter(({ cannotTell }) => cannotTell.length > 0);
    if (unsure.length > 0) throw new Error(unsure.map(({ cannotTell }) => cannotTell.join("; ")).join("\n"));
    const secrets = new Set(rows.map(({ secret }) => secret)).size;
    const declared = rows.filter(({ standing }) => standing === "declared");
    const summary = `${secrets} secrets over all principals: ${declared.length} declared readers, nobody else`;
    return { value: undefined, evidence: [summary, ...declared.map(lineOf)].join("\n") };
  });
}

function lineOf({ secret, reader, when }: ReaderRow): string {
  return `${secret}: ${reader}${when.map(({ conditions }) => (conditions === "" ? "" : `, ${conditions}`)).join("")}`;
}

/** The rotation function tries everything that it needs, and changes nothing. */
function showPreflight(platform: Platform): Promise<void> {
  const remedy = "see the failed check; docs/runbooks has a page for each code";
  return platform.report.step({ name: "rotation check", remedy }, async () => {
    const { accessKeyId, secretAccessKey } = platform.administrators.secrets;
    const env = {
      AWS_ENDPOINT_URL: platform.cloudUrl,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
    const clients = awsClients({ ...processIo(platform.root), env }, PRIMARY_REGION);
    try {
      const { checks } = await checkSecret(clients, SECRET);
      const failed = checks.filter(({ result }) => result === "failed");
      if (failed.length > 0)
        throw new Error(failed.map(({ name, detail }) => `${name}: ${detail}`).join("\n"));
      const names = checks.map(({ name, result }) => (result === "passed" ? name : `${name} (${result})`));
      return {
        value: undefined,
        evidence: `${SECRET}: ${checks.length} checks without a change: ${names.join(", ")}`,
      };
    } finally {
      clients.close();
    }
  });
}
