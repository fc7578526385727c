import { strict as assert } from "assert";
import { Statement } from "../../../iam";
import { NAMED } from "../../../iam/principal-match";
import { WorldDocument } from "../../../iam/proof";
import { DENIED, Draft, isCertain, openAll, openPolicy } from "../../../iam/proof/open-policy";
import { Pair } from "../../../iam/proof/pair";
import { FAILS, HOLDS, Slate, UNDECIDED } from "../../../iam/proof/slate";
import { allow, attached, deny } from "../worlds";
import { arnOfRole, ORDERS, reading, role, SECRET } from "./access-worlds";
import { pairIn } from "./pairs";

const when = (key: string): Partial<Statement> => ({ Condition: { StringEquals: { [key]: "x" } } });
const draft = (): Draft => ({ slate: new Slate(), signature: [], open: [] });
const unknown: WorldDocument = { source: "later", unknown: "not made" };

/** How the statements name the caller, with what the slate says. */
function applied({ policy }: ReturnType<typeof openPolicy>, pair: Pair) {
  const of = (statements: typeof policy.allows) => statements.map((one) => one.applies(pair.evaluation));
  return [of(policy.allows), of(policy.denies)];
}

describe("a document for one caller and one request", () => {
  it("keeps the statements that are about them, with how they name the caller", () => {
    const pair = pairIn();
    const on = draft();
    const opened = openPolicy(
      attached(
        "p",
        reading({ AWS: ORDERS }),
        reading({ AWS: arnOfRole("api") }),
        reading("*"),
        reading({ AWS: arnOfRole("other") }),
        allow({ Resource: "arn:other" }),
        allow({ Action: "secretsmanager:PutSecretValue" }),
        deny({ Action: "secretsmanager:PutSecretValue" }),
      ),
      pair,
      on,
    );
    assert.deepEqual(
      [opened.source, applied(opened, pair)],
      ["p", [[NAMED.byAccount, NAMED.byRole, NAMED.directly], []]],
    );
    assert.deepEqual([on.signature, on.open], [["A1", "A2", "A3"], []]);
    assert.equal(opened.policy.allows.every(isCertain), true);
  });

  it("is told apart by a denial whatever the circumstances", () => {
    const document = attached("p", allow(), deny({ Principal: { AWS: ORDERS } }));
    assert.throws(
      () => openPolicy(document, pairIn(), draft()),
      (error) => error === DENIED,
    );
    const on = draft();
    const pair = pairIn();
    assert.deepEqual(applied(openPolicy(document, pair, on, false), pair), [[3], [NAMED.directly]]);
    assert.deepEqual(on.signature, ["D3", "A3"]);
    assert.throws(
      () => openPolicy(document, pair, draft()),
      (error) => error === DENIED,
    );
  });

  it("leaves to the slate what is open", () => {
    const pair = pairIn();
    const on = draft();
    const document = attached(
      "p",
      reading({ AWS: ORDERS }, { Condition: { StringEquals: { "aws:UserAgent": "x", "aws:Referer": "x" } } }),
      deny({ ...when("aws:Referer"), Principal: { AWS: ORDERS } }),
    );
    const opened = openPolicy(document, pair, on);
    const [referer, agent] = on.slate.tests.map(({ id }) => id);
    assert.deepEqual(
      [on.slate.tests.map(({ keys }) => keys[0]!.key), on.open, on.signature],
      [
        ["aws:referer", "aws:useragent"],
        [[0], [1, 0]],
        [`D3[${referer}]`, `A1[${agent},${referer}]`],
      ],
    );
    assert.deepEqual([...opened.policy.allows, ...opened.policy.denies].map(isCertain), [false, false]);
    const seen = (truths: readonly number[], inFavour: boolean) => {
      on.slate.truths.splice(0, 2, ...truths);
      on.slate.inFavour = inFavour;
      return applied(opened, pair).flat();
    };
    const cases: readonly (readonly [
      truths: readonly number[],
      inFavour: boolean,
      applied: readonly number[],
    ])[] = [
      [[UNDECIDED, UNDECIDED], true, [1, 0]],
      [[UNDECIDED, UNDECIDED], false, [0, 3]],
      [[HOLDS, UNDECIDED], true, [1, 3]],
      [[HOLDS, UNDECIDED], false, [0, 3]],
      [[HOLDS, HOLDS], false, [1, 3]],
      [[FAILS, HOLDS], true, [0, 0]],
      [[FAILS, HOLDS], false, [0, 0]],
    ];
    for (const [truths, inFavour, expected] of cases) assert.deepEqual(seen(truths, inFavour), expected);
  });

  it("may say anything while it is not known", () => {
    const pair = pairIn();
    const on = draft();
    const opened = openPolicy(unknown, pair, on);
    assert.deepEqual(
      on.slate.tests.map(({ cannotTell, keys }) => [cannotTell, keys]),
      [
        [{ kind: "document", subject: "later", reason: "not made" }, []],
        [{ kind: "document", subject: "later", reason: "not made" }, []],
      ],
    );
    assert.deepEqual([opened.source, applied(opened, pair)], ["later", [[NAMED.directly], [0]]]);
    on.slate.inFavour = false;
    assert.deepEqual(applied(opened, pair), [[0], [NAMED.directly]]);
    on.slate.truths[0] = HOLDS;
    assert.deepEqual(applied(opened, pair), [[NAMED.directly], [NAMED.directly]]);
    assert.notEqual(on.slate.tests[0]!.id, on.slate.tests[1]!.id);
  });

  it("is opened once for a caller when it looks at nothing else", () => {
    const pair = pairIn();
    const document = attached("p", allow(when("aws:PrincipalAccount")), allow());
    const [one, two] = [draft(), draft()];
    assert.equal(openPolicy(document, pair, one), openPolicy(document, pair, two));
    assert.deepEqual([one.signature, two.signature], [["A3"], ["A3"]]);
    const other = pairIn();
    assert.notEqual(openPolicy(document, pair, draft()), openPolicy(document, other, draft()));
  });

  it("is opened anew when it looks at the resource", () => {
    const pair = pairIn();
    const document = attached("p", allow({ Resource: SECRET }));
    assert.notEqual(openPolicy(document, pair, draft()), openPolicy(document, pair, draft()));
  });

  it("is opened anew for another route or Region", () => {
    const pair = pairIn();
    const document = attached("p", allow({ Condition: { Null: { "kms:ViaService": "false" } } }));
    const as = (given: Partial<Pair["frame"]>) => ({ ...pair, frame: { ...pair.frame, ...given } });
    const signatures = [
      pair,
      as({ fixed: new Map([["kms:viaservice", "x"]]), route: "forwarded" }),
      as({ fixed: new Map([["kms:viaservice", "x"]]), region: "eu-central-1" }),
    ].map((one) => {
      const on = draft();
      openPolicy(document, one, on);
      return on.signature.join();
    });
    assert.deepEqual(signatures, ["", "A3", "A3"]);
  });
});

describe("documents for one caller and one request", () => {
  it("are opened each", () => {
    const pair = pairIn(undefined, role("api"));
    const on = draft();
    const policies = openAll([attached("a", allow()), attached("b", allow(when("aws:UserAgent")))], pair, on);
    assert.deepEqual(
      policies.map(({ source }) => source),
      ["a", "b"],
    );
    assert.deepEqual([on.signature[0], on.open], ["A3", [[0]]]);
    assert.deepEqual(openAll([], pair, on), []);
  });

  it("are opened once for a caller and action when they look at nothing else", () => {
    const pair = pairIn();
    const same = [attached("a", allow()), attached("b", allow({ Action: "secretsmanager:Get*" }))];
    const [one, two, three] = [draft(), draft(), draft()];
    const first = openAll(same, pair, one);
    assert.equal(openAll(same, pair, two), first);
    assert.deepEqual([one.signature.join(), two.signature.join()], ["A3,A3", "A3,A3"]);
    const put = {
      ...pair,
      frame: { ...pair.frame, action: "x:Y" },
      evaluation: { ...pair.evaluation, action: "x:y" },
    };
    assert.notEqual(openAll(same, put, three), first);
    assert.deepEqual(three.signature.join(), "A3");
  });

  for (const [name, document] of [
    ["the resource", attached("b", allow({ Resource: SECRET }))],
    ["what is open", attached("b", allow(when("aws:UserAgent")))],
    ["what is not known", unknown],
  ] as const) {
    it(`are opened anew when one looks at ${name}`, () => {
      const pair = pairIn();
      const same = [attached("a", allow()), document];
      assert.notEqual(openAll(same, pair, draft()), openAll(same, pair, draft()));
    });
  }

  it("deny together", () => {
    const documents = [attached("a", allow()), attached("b", deny())];
    assert.throws(
      () => openAll(documents, pairIn(), draft()),
      (error) => error === DENIED,
    );
    assert.equal(openAll(documents, pairIn(), draft(), false).length, 2);
  });
});
