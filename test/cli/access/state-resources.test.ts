import { strict as assert } from "assert";
import { asResources } from "../../../cli/access/state-resources";

const provider = {
  urn: "urn:pulumi:test::app::pulumi:providers:aws::central",
  type: "pulumi:providers:aws",
  id: "p-1",
  outputs: { region: "eu-west-1" },
};
const role = {
  urn: "urn:pulumi:test::app::aws:iam/role:Role::app",
  type: "aws:iam/role:Role",
  id: "app",
  inputs: { name: "app" },
  outputs: { name: "app", arn: "arn:app" },
  protect: true,
  provider: `${provider.urn}::p-1`,
};
const attachment = {
  urn: "urn:pulumi:test::app::aws:iam/rolePolicy:RolePolicy::app",
  type: "aws:iam/rolePolicy:RolePolicy",
  inputs: {
    policy: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" },
  },
  dependencies: [role.urn, "urn:pulumi:other::app::gone::gone"],
  propertyDependencies: { role: [role.urn], policy: null },
};

describe("resources of a state", () => {
  it("have the id and the provider's properties, whatever the order", () => {
    const [first] = asResources([role, provider]);
    assert.deepEqual(
      { props: first!.props, inputs: first!.inputs, opts: first!.opts, provider: first!.provider },
      {
        props: { name: "app", arn: "arn:app", id: "app" },
        inputs: { name: "app" },
        opts: { protect: true },
        provider: { props: { region: "eu-west-1", id: "p-1" } },
      },
    );
  });

  it("depend on each other by URN; what is not there is left out", () => {
    const [first, second] = asResources([attachment, role]);
    assert.deepEqual(first!.dependencies, [second]);
    assert.deepEqual(first!.propertyDependencies, { role: [second], policy: [] });
  });

  it("have no value of a secret", () => {
    const [first] = asResources([attachment]);
    assert.deepEqual([first!.props, first!.inputs], [{ policy: "[secret]" }, { policy: "[secret]" }]);
  });
});
