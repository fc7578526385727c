import { strict as assert } from "assert";
import {
  ResourceValidationPolicy,
  Secret,
  StackValidationPolicy,
  unknownCheckingProxy,
} from "@pulumi/policy";
import { secretsPreservingProxy } from "@pulumi/policy/secret";
import { policiesOf } from "../../policies/pack";
import { rules } from "../../policies/rules";
import { resource } from "./support/stack";

const environment = { variables: { DB_PASSWORD: "correct horse", HOST: "db.internal" } };
const fn = resource("function", "orders", { props: { environment } });
const marked = {
  environment: { variables: { DB_PASSWORD: new Secret("correct horse"), HOST: "db.internal" } },
};
const call = { getConfig: () => ({}), stackTags: new Map(), notApplicable: () => assert.fail() };

/** Runs one rule over the function as the SDK does, after the policy that sees the secrets when `seen` is given. */
async function reported(id: string, seen?: object) {
  const pack = policiesOf(rules) as readonly (ResourceValidationPolicy & StackValidationPolicy)[];
  const named = (name: string) => pack.find((policy) => policy.name === name)!;
  const texts: string[] = [];
  const report = (text: string) => void texts.push(text.replace(/ \[[^\]]*\]$/, ""));
  if (seen !== undefined) {
    const props = unknownCheckingProxy(secretsPreservingProxy(seen));
    const { remediateResource } = named("secrets-of-the-program");
    assert.equal(await remediateResource!({ ...fn, ...call, props } as never), undefined);
  }
  const { validateResource } = named(id);
  assert.ok(typeof validateResource === "function");
  await validateResource({ ...fn, ...call } as never, report);
  return texts;
}

describe("the policy that sees the secrets of a program", () => {
  const open =
    'Function "orders": environment.variables.DB_PASSWORD lies open and is given what Pulumi keeps as a secret. ' +
    "Give the name or the ARN of the secret instead, and let the program that needs the value read it when it runs.";

  it("has them found where they lie open, before the resource is made", async () => {
    assert.deepEqual(await reported("secrets-stay-secret", marked), [open]);
  });

  it("has nothing found in a program without any", async () => {
    assert.deepEqual(await reported("secrets-stay-secret", { environment }), []);
  });

  it("is of the level that is shown secrets, and changes nothing", () => {
    const policy = policiesOf(rules).find(({ name }) => name === "secrets-of-the-program");
    assert.equal(policy?.enforcementLevel, "remediate");
  });

  it("keeps rules that look at values from saying the same again", async () => {
    assert.deepEqual(await reported("function-variables-no-credentials", marked), []);
  });

  it("is not needed by them", async () => {
    const texts = await reported("function-variables-no-credentials");
    assert.equal(texts.length, 1);
    assert.match(texts[0]!, /DB_PASSWORD has the name of a credential, and its value lies open/);
  });
});
