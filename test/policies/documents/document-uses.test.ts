import { strict as assert } from "assert";
import { Boundary, documentUses, usesOf, whereOf } from "../../../policies/documents/document-uses";
import { buildGraph } from "../../../policies/stack/graph";
import { identitiesOf } from "../../../policies/facts/identities/identities";
import { Resource } from "../../../policies/stack/resource";
import { allow, deny, role, rolePolicy } from "../support/identity";
import { policy, resource, unknownText } from "../support/stack";

const powerUser = "arn:aws:iam::aws:policy/PowerUserAccess";
const read = policy(allow("s3:GetObject"));
const attachment = (name: string, of: string, policyArn: string) =>
  resource("rolePolicyAttachment", name, { props: { role: of, policyArn } });
const ownPolicy = (name: string, document: unknown) =>
  resource("policy", name, { props: { arn: `arn:aws:iam::111111111111:policy/${name}`, policy: document } });

function boundaryText(boundary: Boundary): string {
  return boundary.kind === "known"
    ? JSON.stringify(boundary.document.Statement)
    : Object.values(boundary).join(" ");
}

/** Each use as `holder: where, of identity`. */
const outline = (stack: readonly Resource[]) =>
  documentUses(buildGraph(stack)).map(
    ({ holder, where, identity }) => `${holder.name}: ${where} of ${identity?.resource.name ?? "nobody"}`,
  );

describe("the uses of identity policies", () => {
  const cases: readonly (readonly [string, () => readonly Resource[], readonly string[]])[] = [
    ["are none without documents", () => [role()], []],
    [
      "are those of a role's own policy",
      () => [role(), rolePolicy("a", "worker", read)],
      ['a: the policy of RolePolicy "a" of worker'],
    ],
    [
      "are those of its inline policies, by number",
      () => [
        role("worker", { inlinePolicies: [{ policy: read }, { policy: policy(allow("s3:PutObject")) }] }),
      ],
      [
        'worker: the inline policy 1 of Role "worker" of worker',
        'worker: the inline policy 2 of Role "worker" of worker',
      ],
    ],
    [
      "are those of policies that AWS keeps",
      () => [role(), attachment("a", "worker", powerUser)],
      ['a: PowerUserAccess, which RolePolicyAttachment "a" attaches, of worker'],
    ],
    [
      "are none of what AWS keeps and nobody knows here",
      () => [role(), attachment("a", "worker", "arn:aws:iam::aws:policy/Unheard")],
      [],
    ],
    [
      "are none of documents that are not known",
      () => [
        role(),
        resource("rolePolicy", "a", { props: { role: "worker", policy: unknownText }, from: { policy: [] } }),
      ],
      [],
    ],
    [
      "are one for each identity",
      () => [
        role("a"),
        role("b"),
        ownPolicy("p", read),
        attachment("x", "a", "arn:aws:iam::111111111111:policy/p"),
        attachment("y", "b", "arn:aws:iam::111111111111:policy/p"),
      ],
      ['p: the policy of Policy "p" of a', 'p: the policy of Policy "p" of b'],
    ],
    [
      "are one of nobody for a policy that is not attached",
      () => [ownPolicy("p", read)],
      ['p: the policy of Policy "p" of nobody'],
    ],
    [
      "are one of nobody for an attachment outside the stack",
      () => [attachment("x", "elsewhere", powerUser)],
      ['x: PowerUserAccess, which RolePolicyAttachment "x" attaches, of nobody'],
    ],
  ];
  for (const [name, stack, expected] of cases) it(name, () => assert.deepEqual(outline(stack()), expected));

  it("are found once for each graph and each identity", () => {
    const graph = buildGraph([role(), rolePolicy("a", "worker", read)]);
    const [identity] = identitiesOf(graph).all;
    assert.equal(documentUses(graph), documentUses(graph));
    assert.equal(usesOf(identity!), usesOf(identity!));
  });

  it("know what the identity's other documents deny", () => {
    const denied = deny("s3:DeleteObject");
    const stack = [
      role(),
      rolePolicy("a", "worker", read),
      rolePolicy("b", "worker", policy(allow("s3:*"), denied)),
      attachment("c", "worker", "arn:aws:iam::aws:policy/AWSDenyAll"),
    ];
    const denials = documentUses(buildGraph(stack)).map((use) => [
      use.holder.name,
      use.denials.map((one) => one.Statement),
    ]);
    const denyAll = [{ Effect: "Deny", Action: "*", Resource: "*" }];
    assert.deepEqual(denials, [
      ["a", [[denied], denyAll]],
      ["b", [denyAll]],
      ["c", [[denied]]],
    ]);
  });

  const bound =
    (permissionsBoundary: string, more: readonly Resource[] = [], from = {}) =>
    () => [
      resource("role", "worker", { props: { name: "worker", permissionsBoundary }, from }),
      rolePolicy("a", "worker", read),
      ...more,
    ];
  const unclear = 'unclear the permissions boundary of Role "worker"';
  const twoPolicies = [ownPolicy("p", read), ownPolicy("q", read)];
  const boundaries: readonly (readonly [string, () => readonly Resource[], string])[] = [
    ["none", () => [role(), rolePolicy("a", "worker", read)], "none"],
    [
      "one of AWS that is known here",
      bound("arn:aws:iam::aws:policy/AmazonS3FullAccess"),
      JSON.stringify([allow(["s3:*", "s3-object-lambda:*"])]),
    ],
    ["one of AWS that is not", bound("arn:aws:iam::aws:policy/Unheard"), unclear],
    [
      "one of the stack",
      bound("arn:aws:iam::111111111111:policy/p", [ownPolicy("p", policy(allow("sns:*")))]),
      JSON.stringify([allow("sns:*")]),
    ],
    ["one of another stack", bound("arn:aws:iam::111111111111:policy/elsewhere"), unclear],
    ["one that is not known", bound(unknownText), unclear],
    [
      "one of the stack without a known document",
      bound("arn:aws:iam::111111111111:policy/p", [
        resource("policy", "p", {
          props: { arn: "arn:aws:iam::111111111111:policy/p", policy: unknownText },
          from: { policy: [] },
        }),
      ]),
      unclear,
    ],
    [
      "one of the stack without a document",
      bound("arn:aws:iam::111111111111:policy/p", [
        resource("policy", "p", { props: { arn: "arn:aws:iam::111111111111:policy/p" } }),
      ]),
      unclear,
    ],
    [
      "one of two that it may be",
      bound(unknownText, twoPolicies, { permissionsBoundary: twoPolicies }),
      unclear,
    ],
  ];
  for (const [name, stack, expected] of boundaries) {
    it(`are bounded by ${name}`, () => {
      const [use] = documentUses(buildGraph(stack())).filter(({ holder }) => holder.name === "a");
      assert.equal(boundaryText(use!.boundary), expected);
    });
  }

  it("are named by their holder and number", () => {
    const held = { holder: role(), property: "p", state: "unknown", decidedBy: "x" } as const;
    assert.equal(whereOf(held), 'the policy of Role "worker"');
    assert.equal(whereOf({ ...held, path: [1, "policy"] }), 'the inline policy 2 of Role "worker"');
  });
});
