import { strict as assert } from "assert";
import { attach, held } from "../../../policies/stack/attach";
import { Link } from "../../../policies/stack/join";
import { Resource } from "../../../policies/stack/resource";
import { policy, resource } from "../support/stack";

const allowAll = { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" };

describe("what is attached", () => {
  const [a, b] = [resource("secret", "a"), resource("secret", "b")];
  const one = (name: string) => resource("secretPolicy", name);

  it("is grouped by its target, in order, and what points elsewhere stays apart", () => {
    const [toA, toBoth, toB, out, loose, nowhere] = [...["1", "2", "3", "4", "5", "6"].map(one)] as [
      ...[Resource, Resource, Resource, Resource, Resource, Resource],
    ];
    const links = new Map<Resource, Link>([
      [toA, { kind: "inside", resources: [a] }],
      [toBoth, { kind: "inside", resources: [a, b] }],
      [toB, { kind: "inside", resources: [b] }],
      [out, { kind: "outside", reference: "x" }],
      [loose, { kind: "unknown" }],
      [nowhere, { kind: "none" }],
    ]);
    const { inside, outside } = attach([...links.keys()], (each) => links.get(each)!);
    assert.deepEqual(
      [...inside].map(([target, each]) => [target.name, each.map(({ name }) => name)]),
      [
        ["a", ["1", "2"]],
        ["b", ["2", "3"]],
      ],
    );
    assert.deepEqual(
      outside.map(({ name }) => name),
      ["4", "5", "6"],
    );
  });

  it("is nothing without resources", () => {
    assert.deepEqual(
      attach([], () => ({ kind: "none" })),
      { inside: new Map(), outside: [] },
    );
  });
});

describe("a held document", () => {
  it("is none where the property is not set", () =>
    assert.deepEqual(held(resource("key", "k"), "policy"), []));

  it("is one where it is", () => {
    const holder = resource("secretPolicy", "access", { props: { policy: policy(allowAll) } });
    const document = { Version: "2012-10-17", Statement: [allowAll] };
    assert.deepEqual(held(holder, "policy"), [{ holder, property: "policy", state: "known", document }]);
  });

  it("is read as the kind that it is of", () => {
    const holder = resource("rolePolicy", "rights", { props: { policy: policy(allowAll) } });
    const [found] = held(holder, "policy", "identity");
    assert.equal(found?.state, "unreadable");
  });
});
