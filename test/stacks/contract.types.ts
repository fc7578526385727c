import * as pulumi from "@pulumi/pulumi";
import { consume, EnvironmentContract, produce } from "../../stacks/contract";

// Compiled by `tsc --noEmit`, never run: each directive fails the build when its line stops being an error.
declare const reference: pulumi.StackReference;
declare const outputs: Omit<EnvironmentContract, "schemaVersion">;

// the good cases: plain values, and outputs at any depth
produce(outputs);
produce({ ...outputs, keyArns: { "eu-west-1": pulumi.output("key") } });
produce({ ...outputs, secrets: pulumi.output(outputs.secrets) });

// @ts-expect-error fields are missing
produce({ organizationId: "o-strongroom" });
// @ts-expect-error a field is of the wrong type
produce({ ...outputs, keyArns: { "eu-west-1": 1 } });
// @ts-expect-error a Region without its ARN
produce({ ...outputs, keyArns: { "eu-west-1": undefined } });
// @ts-expect-error no such kind of first value
produce({ ...outputs, secrets: { a: { arns: {}, firstValue: "placeholder" } } });

export async function consumer(): Promise<void> {
  const contract = await consume(reference);
  const version: 1 = contract.schemaVersion;
  const arn: string | undefined = contract.secrets["orders/database"]?.arns["eu-west-1"];
  void [version, arn];
  // @ts-expect-error no such output
  void contract.secretValues;
  // @ts-expect-error a name that the environment may not have
  void contract.workloads["orders"].accountId;
  // @ts-expect-error the contract is read only
  contract.organizationId = "o-other";
}
