import { strict as assert } from "assert";
import { DocumentUse, documentUses } from "../../../policies/documents/document-uses";
import {
  judgeDocuments,
  Verdict,
  verdictOn,
  verdictOnAll,
} from "../../../policies/documents/judge-documents";
import { buildGraph } from "../../../policies/stack/graph";
import { Resource } from "../../../policies/stack/resource";
import { allow, boundaryElsewhere, role, rolePolicy, worker } from "../support/identity";
import { policy, resource, unknownText } from "../support/stack";

const read = policy(allow("s3:GetObject"));
const bad: Verdict = { fact: "it is bad" };

function said(
  stack: readonly Resource[],
  check: (use: DocumentUse) => readonly Verdict[],
): readonly string[] {
  return judgeDocuments(buildGraph(stack), "Change it", check).map((finding) =>
    finding.kind === "violation"
      ? `${finding.resource.name}: ${finding.message}`
      : `${finding.resource.name}? ${finding.reason} / ${finding.decidedBy}`,
  );
}

describe("the judgement of identity policies", () => {
  it("says what breaks a rule, and what cannot be told, of each", () => {
    const check = ({ holder }: DocumentUse): readonly Verdict[] =>
      holder.name === "a" ? [bad, undefined] : [{ reason: "it is odd", decidedBy: "the update" }];
    const stack = [role(), rolePolicy("a", "worker", read), rolePolicy("b", "worker", policy(allow("s3:*")))];
    assert.deepEqual(said(stack, check), ["a: it is bad. Change it.", "b? it is odd / the update"]);
  });

  it("says nothing where nothing breaks it", () => {
    assert.deepEqual(
      said([role(), rolePolicy("a", "worker", read)], () => [undefined]),
      [],
    );
  });

  it("says once what is the same for two identities", () => {
    const arn = "arn:aws:iam::111111111111:policy/p";
    const attach = (name: string) =>
      resource("rolePolicyAttachment", `x-${name}`, { props: { role: name, policyArn: arn } });
    const stack = [
      ...["a", "b"].flatMap((name) => [role(name), attach(name)]),
      resource("policy", "p", { props: { arn, policy: read } }),
    ];
    assert.deepEqual(
      said(stack, () => [bad]),
      ["p: it is bad. Change it."],
    );
    const each = said(stack, ({ identity }) => [
      { reason: `odd for ${identity?.resource.name}`, decidedBy: "x" },
    ]);
    assert.deepEqual(each, ["p? odd for a / x", "p? odd for b / x"]);
  });

  it("waits for documents and attachments that are not known", () => {
    const stack = [
      role(),
      resource("rolePolicy", "a", {
        props: { role: "worker", policy: unknownText },
        from: { policy: [role("x")] },
      }),
      resource("rolePolicyAttachment", "b", { props: { role: "worker", policyArn: unknownText } }),
    ];
    assert.deepEqual(
      said(stack, () => [bad]),
      [
        'a? the policy of RolePolicy "a" is not known / the outputs of Role "x"',
        'b? what RolePolicyAttachment "b" attaches is not known / the value of `policyArn`',
      ],
    );
  });
});

describe("the verdict on an answer", () => {
  const use = (...statements: readonly object[]) => documentUses(buildGraph(worker(...statements)))[0]!;
  const wish = { action: "s3:GetObject" };
  const fact = () => "it grants";

  it("is the fact when it is granted", () => {
    const granted = { kind: "granted", wish, arn: "arn:x" } as const;
    assert.deepEqual(
      verdictOn(use(allow("s3:*")), granted, ({ arn }) => `it grants ${arn}`),
      { fact: "it grants arn:x" },
    );
  });
  it("is none when it is refused", () =>
    assert.equal(verdictOn(use(allow("s3:*")), { kind: "refused" }, fact), undefined));
  it("waits for a boundary", () =>
    assert.deepEqual(verdictOn(use(allow("s3:*")), { kind: "bounded", by: "the boundary" }, fact), {
      reason: 'the boundary may narrow the policy of RolePolicy "rights" and is not in this stack',
      decidedBy: "the stack that holds the boundary",
    }));
  it("says when there is too much to try", () =>
    assert.deepEqual(verdictOn(use(allow("s3:*")), { kind: "too-complex" }, fact), {
      reason: 'the policy of RolePolicy "rights" has too many conditions to try them all',
      decidedBy: "a policy with fewer condition values",
    }));

  const wishes = ["s3:GetObject", "s3:PutObject", "sns:Publish"].map((action) => ({ action }));
  it("on several wishes names those that are granted", () => {
    const verdict = verdictOnAll(use(allow(["s3:*"])), wishes, (actions) => `it grants ${actions}`);
    assert.deepEqual(verdict, { fact: "it grants s3:GetObject, s3:PutObject" });
  });
  it("on several wishes is none when none is granted", () => {
    assert.equal(
      verdictOnAll(use(allow("sqs:*")), wishes, (actions) => actions),
      undefined,
    );
  });
  it("on several wishes is the first that cannot be told", () => {
    const stack = [
      role("worker", { permissionsBoundary: boundaryElsewhere }),
      rolePolicy("rights", "worker", policy(allow("s3:PutObject"))),
    ];
    const [bounded] = documentUses(buildGraph(stack));
    assert.deepEqual(
      verdictOnAll(bounded!, wishes, (actions) => actions),
      {
        reason:
          'the permissions boundary of Role "worker" may narrow the policy of RolePolicy "rights" and is not in this stack',
        decidedBy: "the stack that holds the boundary",
      },
    );
  });
});
