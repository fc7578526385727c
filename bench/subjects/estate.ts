import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Pulumi } from "../../cli/pulumi";
import { Figure } from "../figure";
import { emptyPack, withLocalEngine } from "../support/local-engine";

const ROOT = join(__dirname, "../..");
const SIZES = [500, 2_000] as const;

/** First previews on the real engine of a plain program with many secrets, each with policy and rotation. */
export function measure(): Promise<readonly Figure[]> {
  return withLocalEngine(ROOT, async ({ pulumi, folder }) => {
    const empty = emptyPack(folder);
    const figures: Figure[] = [];
    for (const secrets of SIZES) figures.push(await preview(pulumi, folder, secrets, empty));
    return figures;
  });
}

/** Without a pack, with an empty one, with ours; each once, for they take long. */
async function preview(pulumi: Pulumi, folder: string, secrets: number, empty: string): Promise<Figure> {
  const cwd = writeProgram(join(folder, `estate-${secrets}`), secrets);
  await pulumi.must(cwd, ["stack", "init", "dev"]);
  const timed = async (...pack: readonly string[]) => {
    const started = performance.now();
    await pulumi.must(cwd, ["preview", "--stack", "dev", ...pack]);
    return performance.now() - started;
  };
  const none = await timed();
  const withEmpty = await timed("--policy-pack", empty);
  const ours = await timed("--policy-pack", join(ROOT, "policies"));
  return {
    name: `preview of ${secrets} secrets: with our pack v without`,
    value: ours / none,
    unit: "x",
    detail: `without ${seconds(none)}, with an empty pack ${seconds(withEmpty)}, with ours ${seconds(ours)}`,
  };
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** A stack without findings, as somebody writes it who does not use the components. */
function writeProgram(folder: string, secrets: number): string {
  mkdirSync(folder, { recursive: true });
  const project = `name: estate-${secrets}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n`;
  writeFileSync(join(folder, "Pulumi.yaml"), `${project}config:\n  aws:region: eu-west-1\n`);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "estate", main: "index.js" }));
  writeFileSync(join(folder, "index.js"), program(secrets));
  return folder;
}

const program = (secrets: number) => `
const aws = require("@pulumi/aws");
const allow = (Principal, Action, Condition) => ({ Effect: "Allow", Principal, Action, Resource: "*", Condition });
const document = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const root = (account) => ({ AWS: "arn:aws:iam::" + account + ":root" });
const inside = { StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } };
const key = new aws.kms.Key("main", {
  enableKeyRotation: true,
  policy: document(allow(root("111111111111"), "kms:*"), allow(root("222222222222"), "kms:Decrypt", inside)),
});
const rotate = "arn:aws:lambda:eu-west-1:111111111111:function:rotate";
for (let i = 0; i < ${secrets}; i++) {
  const secret = new aws.secretsmanager.Secret("orders-" + i, {
    name: "orders-" + i,
    kmsKeyId: key.arn,
    recoveryWindowInDays: 30,
  });
  new aws.secretsmanager.SecretPolicy("orders-" + i, {
    secretArn: secret.arn,
    blockPublicPolicy: true,
    policy: document(allow(root("222222222222"), "secretsmanager:GetSecretValue", inside)),
  });
  new aws.secretsmanager.SecretRotation("orders-" + i, {
    secretId: secret.id,
    rotationLambdaArn: rotate,
    rotateImmediately: false,
    rotationRules: { automaticallyAfterDays: 30 },
  });
}
`;
