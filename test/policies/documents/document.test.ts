import { strict as assert } from "assert";
import { DocumentKind } from "../../../iam";
import { documentIn, documentText } from "../../../policies/documents/document";
import { Resource } from "../../../policies/stack/resource";
import { policy, resource, unknownArray, unknownText } from "../support/stack";

/** Documents are remembered by their text: every test needs one of its own. */
let count = 0;
const statement = (more: object = {}) => ({
  Sid: `S${(count += 1)}`,
  Effect: "Allow",
  Action: "s3:*",
  Resource: "*",
  ...more,
});
const toAll = { Principal: "*" };

const secretPolicy = (held: unknown): Resource =>
  resource("secretPolicy", "access", { props: { policy: held }, from: { policy: [] } });

describe("the document in a property", () => {
  it("is read from a text", () => {
    const one = statement(toAll);
    const holder = secretPolicy(policy(one));
    const document = { Version: "2012-10-17", Statement: [one] };
    assert.deepEqual(documentIn(holder, "policy"), { holder, property: "policy", state: "known", document });
  });

  it("is read from an object", () => {
    const document = { Version: "2012-10-17", Statement: [statement(toAll)] };
    const holder = secretPolicy(document);
    assert.deepEqual(documentIn(holder, "policy"), { holder, property: "policy", state: "known", document });
  });

  it("is read inside of a property, with its path", () => {
    const one = statement();
    const holder = resource("role", "worker", { props: { inlinePolicies: [{}, { policy: policy(one) }] } });
    const document = { Version: "2012-10-17", Statement: [one] };
    assert.deepEqual(documentIn(holder, "inlinePolicies", "identity", [1, "policy"]), {
      holder,
      property: "inlinePolicies",
      path: [1, "policy"],
      state: "known",
      document,
    });
    assert.equal(documentIn(holder, "inlinePolicies", "identity", [0, "policy"]), undefined);
  });

  it("is one and the same for two resources with one text", () => {
    const text = policy(statement(toAll));
    const [a, b] = [text, text].map((each) => documentIn(secretPolicy(each), "policy"));
    assert.ok(a?.state === "known" && b?.state === "known" && a.document === b.document);
  });

  it("is read anew for another kind", () => {
    const text = policy(statement(toAll));
    const kinds: readonly DocumentKind[] = ["resource", "identity", "resource"];
    const states = kinds.map((kind) => documentIn(secretPolicy(text), "policy", kind)?.state);
    assert.deepEqual(states, ["known", "unreadable", "known"]);
  });

  for (const [name, held] of [
    ["is not set", null],
    ["is empty", ""],
    ["is blank", " \n"],
  ] as const) {
    it(`is none when the property ${name}`, () =>
      assert.equal(documentIn(secretPolicy(held), "policy"), undefined));
  }

  it("is not known while the property is not, and says what decides it", () => {
    const secret = resource("secret", "orders");
    const holder = resource("secretPolicy", "access", {
      props: { policy: unknownText },
      from: { policy: [secret] },
    });
    assert.deepEqual(documentIn(holder, "policy"), {
      holder,
      property: "policy",
      state: "unknown",
      decidedBy: 'the outputs of Secret "orders"',
    });
  });

  it("is not known while a part of it is not", () => {
    const holder = secretPolicy({ Version: "2012-10-17", Statement: unknownArray });
    assert.equal(documentIn(holder, "policy")?.state, "unknown");
  });

  it("is unreadable when it is not JSON, and is not quoted", () => {
    const holder = secretPolicy(`{"secret${(count += 1)}`);
    assert.deepEqual(documentIn(holder, "policy"), {
      holder,
      property: "policy",
      state: "unreadable",
      reason: "it is not JSON",
    });
  });

  it("has all of its mistakes told", () => {
    const found = documentIn(
      secretPolicy(policy(statement({ Effect: "Maybe", Foo: 1, ...toAll }))),
      "policy",
    );
    assert.ok(found?.state === "unreadable");
    assert.match(found.reason, /; /);
    assert.match(found.reason, /Effect/);
    assert.match(found.reason, /Foo/);
  });

  const long = (characters: number) => policy(statement({ ...toAll, Sid: "a".repeat(characters) }));
  const sizes: readonly (readonly [string, () => Resource, DocumentKind | undefined, string])[] = [
    ["a secret's policy of 20 kB may be as long", () => secretPolicy(long(20_000)), undefined, "known"],
    ["a secret's policy of more may not", () => secretPolicy(long(20_500)), undefined, "unreadable"],
    [
      "a key's policy of 32 kB may be as long",
      () => resource("key", "k", { props: { policy: long(32_000) } }),
      undefined,
      "known",
    ],
    [
      "a key's policy of more may not",
      () => resource("key", "k", { props: { policy: long(33_000) } }),
      undefined,
      "unreadable",
    ],
    [
      "an identity's policy is not held against a limit of its own",
      () => secretPolicy(policy(statement({ Sid: "a".repeat(33_000) }))),
      "identity",
      "known",
    ],
  ];
  for (const [name, make, kind, state] of sizes) {
    it(name, () => assert.equal(documentIn(make(), "policy", kind)?.state, state));
  }

  it("says how long it is and may be", () => {
    const found = documentIn(secretPolicy(long(20_500)), "policy");
    assert.ok(found?.state === "unreadable");
    assert.match(found.reason, /^it has .*20480/);
  });
});

describe("the text of a document", () => {
  it("is the text that was given", () => {
    assert.deepEqual(documentText(secretPolicy(" {} "), "policy"), { state: "known", value: " {} " });
  });
  it("is JSON of an object", () => {
    assert.deepEqual(documentText(secretPolicy({ a: [1] }), "policy"), {
      state: "known",
      value: '{"a":[1]}',
    });
  });
  it("is absent when it is blank", () => {
    assert.deepEqual(documentText(secretPolicy("  "), "policy"), { state: "absent" });
  });
  it("is not known when it is redacted", () => {
    assert.deepEqual(documentText(secretPolicy("[secret]"), "policy"), { state: "unknown", redacted: true });
  });
});
