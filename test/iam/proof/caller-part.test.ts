import { strict as assert } from "assert";
import { AccessWorld, Endpoint, WorldDocument } from "../../../iam/proof";
import { callerPart } from "../../../iam/proof/caller-part";
import { DENIED, Draft } from "../../../iam/proof/open-policy";
import { Pair, pairOf } from "../../../iam/proof/pair";
import { Slate } from "../../../iam/proof/slate";
import { allow, attached, deny } from "../worlds";
import { ORDERS, role, SECRET, SECRETS, world } from "./access-worlds";
import { pairIn } from "./pairs";

const draftOf = (): Draft => ({ slate: new Slate(), signature: [], open: [] });
const silent = { Action: "s3:*" };
const [agent, tag] = ["aws:UserAgent", "aws:PrincipalTag/team"].map((key) => ({
  Condition: { StringEquals: { [key!]: "x" } },
}));
const everything = () => attached("everything", allow());

function around(
  given: { readonly scps?: WorldDocument; readonly rcps?: WorldDocument },
  caller: Parameters<typeof role>[1] = {},
): Pair {
  const { scps, rcps } = given;
  const accounts: AccessWorld["accounts"] = [
    { id: SECRETS, ...(rcps && { rcps: [[rcps]] }) },
    { id: ORDERS, ...(scps && { scps: [[everything()], [scps]] }) },
  ];
  return pairIn(world({ accounts }), role("api", caller));
}

const endpoint = (id: string, policy?: WorldDocument): Endpoint => ({
  id,
  vpcId: "vpc-1",
  accountId: ORDERS,
  region: "eu-west-1",
  service: "secretsmanager",
  ...(policy && { policy }),
});

/** Names of the documents that have a say, by kind, and the endpoints that do not let the request through. */
function saying(pair: Pair, endpoints: readonly Endpoint[] = []) {
  const draft = draftOf();
  try {
    const { policies, endpoints: held } = callerPart(pair, endpoints, draft);
    return [Object.keys(policies).join(), [...held.keys()].join(), draft.open.length, draft.onlyDenials];
  } catch (reason) {
    assert.equal(reason, DENIED);
    return "denied";
  }
}

describe("what stands around a request", () => {
  it("is the caller's boundary and session, its organisation's policies and the resource's", () => {
    const document = everything();
    assert.deepEqual(
      [
        saying(around({})),
        saying(around({}, { boundary: document })),
        saying(around({}, { session: [document] })),
        saying(around({ scps: document })),
        saying(around({ rcps: document })),
      ],
      ["", "boundary", "session", "scps", "rcps"].map((name) => [name, "", 0, undefined]),
    );
  });

  it("denies in any case, each time that it is asked", () => {
    const document = attached("d", deny());
    for (const pair of [
      around({ scps: document }),
      around({ rcps: document }),
      around({}, { boundary: document }),
    ]) {
      assert.deepEqual([saying(pair), saying(pair)], ["denied", "denied"]);
    }
  });

  it("leaves open what the request decides, and then more than denials", () => {
    const open = (given: Parameters<typeof around>[0], caller?: Parameters<typeof around>[1]) =>
      saying(around(given, caller));
    assert.deepEqual(
      [
        open({ scps: attached("d", allow(), deny(agent)) }),
        open({}, { boundary: attached("d", allow(agent)) }),
        open({}, { boundary: attached("d", allow(silent)) }),
      ],
      [
        ["scps", "", 1, false],
        ["boundary", "", 1, false],
        ["boundary", "", 0, undefined],
      ],
    );
  });

  it("is no organisation's policy for a role that is linked to a service", () => {
    const arn = `arn:aws:iam::${ORDERS}:role/aws-service-role/rds.amazonaws.com/linked`;
    const document = attached("d", deny());
    assert.deepEqual(saying(around({ scps: document, rcps: document }, { arn, boundary: everything() })), [
      "boundary",
      "",
      0,
      undefined,
    ]);
  });

  it("is each endpoint that does not let everything through", () => {
    const endpoints = [
      endpoint("full"),
      endpoint("open", attached("p", allow({ Principal: "*" }))),
      endpoint("denying", attached("p", allow({ Principal: "*" }), deny({ Principal: "*" }))),
      endpoint("silent", attached("p", allow({ Principal: "*", ...silent }))),
      endpoint("asking", attached("p", allow({ Principal: "*", ...agent }))),
      endpoint("the same", attached("p", allow({ Principal: "*", ...agent }))),
      endpoint("unknown", { source: "p", unknown: "not made" }),
    ];
    assert.deepEqual(saying(around({}), endpoints)[1], "denying,silent,asking,the same,unknown");
  });
});

describe("what stands around requests of one caller", () => {
  const part = (pair: Pair, endpoints: readonly Endpoint[] = NONE) => {
    const draft = draftOf();
    return [callerPart(pair, endpoints, draft), draft.signature.join()] as const;
  };
  const NONE: readonly Endpoint[] = [];
  const other = (pair: Pair, given: Partial<Pair["frame"]>) =>
    pairOf({ ...pair.frame, ...given }, pair.subject, pair.numbering);

  it("is worked out once where it looks at the caller only", () => {
    const pair = around({ scps: attached("d", allow(), deny({ ...tag, Action: "s3:*" })) });
    const elsewhere = other(pair, { resource: { arn: `${SECRET}-2`, accountId: SECRETS } });
    const [[one, text], [two, sameText]] = [part(pair), part(elsewhere)];
    assert.equal(one, two);
    assert.equal(text, sameText);
    assert.notEqual(text, "");
  });

  it("is worked out for each resource where it looks at that", () => {
    const boundary = attached("d", allow({ Resource: SECRET }));
    const pair = around({}, { boundary });
    const elsewhere = other(pair, { resource: { arn: `${SECRET}-2`, accountId: SECRETS } });
    const allows = ([{ policies }]: ReturnType<typeof part>) => policies.boundary?.policy.allows.length;
    assert.deepEqual([allows(part(pair)), allows(part(elsewhere)), allows(part(pair))], [1, 0, 1]);
    assert.notEqual(part(pair)[1], part(elsewhere)[1]);
  });

  it("is worked out for each resource where one of several documents looks at that", () => {
    const pair = around(
      {},
      { boundary: attached("d", allow({ Resource: SECRET })), session: [everything()] },
    );
    const elsewhere = other(pair, { resource: { arn: `${SECRET}-2`, accountId: SECRETS } });
    const allows = ([{ policies }]: ReturnType<typeof part>) => policies.boundary?.policy.allows.length;
    assert.deepEqual([allows(part(pair)), allows(part(elsewhere))], [1, 0]);
  });

  it("is open each time that it is asked", () => {
    const pair = around({ scps: attached("d", allow(), deny(agent)) });
    assert.deepEqual(
      [saying(pair), saying(pair)],
      [
        ["scps", "", 1, false],
        ["scps", "", 1, false],
      ],
    );
  });

  it("is worked out for each action, Region, resource's organisation and list of endpoints", () => {
    const scps = attached(
      "d",
      allow({
        Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
        Action: "secretsmanager:Get*",
      }),
    );
    const pair = around({ scps });
    const changed = [
      other(pair, { action: "secretsmanager:PutSecretValue" }),
      other(pair, { region: "us-east-1", fixed: new Map([["aws:requestedregion", "us-east-1"]]) }),
    ];
    const levels = ([{ policies }]: ReturnType<typeof part>) =>
      policies.scps?.map((level) => level.map(({ policy }) => policy.allows.length).join());
    assert.deepEqual(
      [pair, ...changed].map((one) => levels(part(one))),
      [
        ["1", "1"],
        ["1", "0"],
        ["1", "0"],
      ],
    );
    const rcps = [[attached("r", allow())]];
    assert.deepEqual(Object.keys(part(other(pair, { rcps }))[0].policies), ["scps", "rcps"]);
    assert.deepEqual(Object.keys(part(pair)[0].policies), ["scps"]);
    const [one, two] = ["a", "b"].map((id) => [
      endpoint(id, attached("p", allow({ Principal: "*", ...silent }))),
    ]);
    assert.deepEqual(
      [part(pair, one), part(pair, two), part(pair)].map(([{ endpoints }]) => [...endpoints.keys()]),
      [["a"], ["b"], []],
    );
  });

  it("is told apart by which documents there are", () => {
    const document = everything();
    const texts = [
      around({}),
      around({}, { boundary: document }),
      around({}, { session: [document] }),
      around({ scps: document }),
      around({ rcps: document }),
    ].map((pair) => part(pair)[1]);
    assert.equal(new Set(texts).size, texts.length);
  });
});
