import { strict as assert } from "assert";
import { anyOrganization } from "../../policies/organization";
import { isAbout, Rule } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { withDefaults } from "../../policies/setting";
import { buildGraph } from "../../policies/stack/graph";
import { Resource } from "../../policies/stack/resource";
import { ownerId, policy, readerId, resource } from "./support/stack";

const secretCount = 2_000;
const key = resource("key", "main", {
  props: {
    arn: `arn:aws:kms:eu-west-1:${ownerId}:key/k`,
    keyId: "k",
    enableKeyRotation: true,
    policy: policy({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ownerId}:root` },
      Action: "kms:*",
      Resource: "*",
    }),
  },
});

/** A secret with its policy, rotation, function and permission. */
function familyOf(index: number): readonly Resource[] {
  const arn = `arn:aws:secretsmanager:eu-west-1:${ownerId}:secret:s${index}-abcdef`;
  const functionArn = `arn:aws:lambda:eu-west-1:${ownerId}:function:f${index}`;
  const read = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${readerId}:role/r${index % 50}` },
    Action: "secretsmanager:GetSecretValue",
    Resource: "*",
  };
  const rules30 = { automaticallyAfterDays: 30 };
  const invoke = { action: "lambda:InvokeFunction", principal: "secretsmanager.amazonaws.com" };
  return [
    resource("secret", `s${index}`, { props: { name: `s${index}`, arn, kmsKeyId: "k" } }),
    resource("secretPolicy", `p${index}`, {
      props: { secretArn: arn, blockPublicPolicy: true, policy: policy(read) },
    }),
    resource("secretRotation", `r${index}`, {
      props: { secretId: arn, rotationLambdaArn: functionArn, rotationRules: rules30 },
    }),
    resource("function", `f${index}`, {
      props: { name: `f${index}`, arn: functionArn, role: `arn:aws:iam::${ownerId}:role/rotate` },
    }),
    resource("permission", `q${index}`, { props: { ...invoke, function: `f${index}`, sourceArn: arn } }),
  ];
}

/** The proof has a test and figures of its own. */
const judged = rules.filter(({ code }) => !code.startsWith("REACH-"));

describe("a stack with 10,000 resources", () => {
  it("is judged by every rule, each resource once", async function () {
    this.timeout(120_000);
    const stack = [key, ...Array.from({ length: secretCount }, (_, index) => familyOf(index)).flat()];
    assert.equal(stack.length, 10_001);
    const graph = buildGraph(stack);
    const counts = new Map<string, number>();
    for (const rule of judged as readonly Rule[]) {
      const settings = withDefaults(rule.settings, {});
      const findings =
        rule.kind === "graph"
          ? rule.check(graph, settings, anyOrganization)
          : stack.filter(({ type }) => isAbout(rule, type)).flatMap((one) => rule.check(one, settings));
      if (findings.length > 0) counts.set(rule.code, findings.length);
    }
    const each = ["SM-05", "SM-10", "SM-11", "SM-14", "LAM-04"].map((code) => [code, secretCount] as const);
    assert.deepEqual(counts, new Map<string, number>([...each, ["KMS-08", 1]]));
  });
});
