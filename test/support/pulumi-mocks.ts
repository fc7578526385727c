import * as pulumi from "@pulumi/pulumi";

/** One resource that a program registered: its inputs, unwrapped. Of its options only the provider is visible to mocks. */
export interface Created {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, any>>;
  /** `<urn>::<id>` of the explicit provider; empty for the default one. */
  readonly provider?: string;
}

/** Outputs of stacks that programs under test refer to, by name of the stack. */
export type References = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Ids as AWS would choose them, so that ARNs in tests look like real ones. */
const COMPUTED: Readonly<Record<string, (name: string, inputs: any) => Record<string, unknown>>> = {
  "aws:kms/key:Key": () => ({ keyId: "mrk-1", arn: "arn:aws:kms:eu-west-1:111111111111:key/mrk-1" }),
  "aws:kms/replicaKey:ReplicaKey": (_, { region }) => ({
    keyId: "mrk-1",
    arn: `arn:aws:kms:${region}:111111111111:key/mrk-1`,
  }),
  "aws:secretsmanager/secret:Secret": (_, { name }) => ({
    arn: `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-AbCdEf`,
  }),
  "aws:iam/role:Role": (_, { name }) => ({ arn: `arn:aws:iam::000000000000:role/${name}` }),
};

/** Installs Pulumi mocks that record every resource; call before the first resource of a test. */
export function recordResources(references: References = {}): Created[] {
  const created: Created[] = [];
  void pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider }) => {
        created.push({ type, name, inputs, provider });
        if (type === "pulumi:pulumi:StackReference") {
          const outputs = references[inputs.name] ?? {};
          return { id: inputs.name, state: { ...inputs, outputs, secretOutputNames: [] } };
        }
        const computed = COMPUTED[type]?.(name, inputs) ?? { arn: `arn:mock:${name}` };
        return {
          id: (computed.arn as string | undefined) ?? `${name}-id`,
          state: { ...inputs, ...computed },
        };
      },
      call: ({ token }) => {
        throw new Error(`unexpected invoke: ${token}`);
      },
    },
    "strongroom",
    "local",
    false,
  );
  return created;
}

/** Resolves when every resource made so far has been registered. */
export const settled = () => pulumi.runtime.disconnect();

/** The settled value of an output; rejects when the output fails. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

/** Inputs of the resources of one type, by name. */
export function inputsOf(created: readonly Created[], type: string): Readonly<Record<string, any>> {
  return Object.fromEntries(
    created.filter((it) => it.type === type).map(({ name, inputs }) => [name, inputs]),
  );
}
