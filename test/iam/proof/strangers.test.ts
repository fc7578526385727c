import { strict as assert } from "assert";
import { AccessWorld, Who } from "../../../iam/proof";
import { Frame } from "../../../iam/proof/frame";
import { Mentions } from "../../../iam/proof/policy-mentions";
import {
  anyAwsPrincipal,
  mentionsIn,
  othersOfAccount,
  othersOfOrganization,
  someMentions,
} from "../../../iam/proof/strangers";
import { Subject } from "../../../iam/proof/subject";
import { WorldIndex } from "../../../iam/proof/world-index";
import { allow, attached, deny } from "../worlds";
import { atom, literals } from "./atoms";
import { arnOfRole, BILLING, ORDERS, ORGANIZATION, reading, role, SECRETS, world } from "./access-worlds";
import { stateText } from "./state-text";

const NONE: Mentions = { arnAtoms: [], accountAtoms: [], organizationAtoms: [], names: [] };
const like = (text: string) => atom("StringLike", text);

/** Each stranger: its ARN, its organisation, whether service control policies bind it, and its label. */
function texts(subjects: readonly Subject[], who: Who): readonly string[] {
  return subjects.map((subject) => {
    assert.deepEqual(subject.who, who);
    const frame = { action: "a:B" } as Frame;
    const [arn, organization] = ["aws:principalarn", "aws:principalorgid"].map((key) =>
      stateText(subject.key(key, frame)),
    );
    const scps = subject.scps === undefined ? "" : `, ${subject.scps.length} levels`;
    return `${arn} of ${organization}${scps}: ${subject.label.map(({ text }) => text).join(" and ")}`;
  });
}

const rootScps = [attached("root", allow())];
const organization = { id: ORGANIZATION, managementAccountId: "999999999999", rootScps };
const indexOf = (given: Partial<AccessWorld> = {}) => new WorldIndex(world({ organization, ...given }));
const condition = (arn: string) => `aws:PrincipalArn is ${arn}`;

describe("the others of an account", () => {
  const who: Who = { kind: "others-of-account", accountId: ORDERS };
  const prefix = `arn:aws:iam::${ORDERS}:`;
  const of = (mentions: Partial<Mentions> = {}, given?: Partial<AccessWorld>) =>
    texts(othersOfAccount(ORDERS, { ...NONE, ...mentions }, indexOf(given)), who);
  const plain = [
    `${prefix}root of ${ORGANIZATION}: ${condition(`${prefix}root`)}`,
    `${prefix}role/x of ${ORGANIZATION}: ${condition(`${prefix}role/*`)}`,
    `${prefix}user/x of ${ORGANIZATION}: ${condition(`${prefix}user/*`)}`,
  ];

  it("are its root user, a role and a user", () => assert.deepEqual(of(), plain));

  it("are bound by its service control policies", () => {
    const scps = [rootScps, rootScps];
    const accounts = [{ id: ORDERS, scps }];
    assert.deepEqual(
      of({}, { accounts }),
      plain.map((text) => text.replace(` of ${ORGANIZATION}`, " of absent, 2 levels")),
    );
  });

  it("are those whom policies name, but for named principals", () => {
    const named = [
      arnOfRole("api"),
      `arn:aws:sts::${ORDERS}:assumed-role/gone/nightly`,
      arnOfRole("gone"),
      arnOfRole("other", BILLING),
      ORDERS,
      `${prefix}group/x`,
    ];
    assert.deepEqual(of({ names: named }, { principals: [role("api")] }), [
      plain[0],
      `${prefix}role/gone of ${ORGANIZATION}: ${condition(`arn:aws:sts::${ORDERS}:assumed-role/gone/nightly`)}`,
      `${prefix}role/gone of ${ORGANIZATION}: ${condition(`${prefix}role/gone`)}`,
      ...plain.slice(1),
    ]);
  });

  it("are one for each way in which conditions look at ARNs, none of it taken", () => {
    assert.deepEqual(
      of(
        { arnAtoms: [...literals(arnOfRole("api")), like(`${prefix}role/x*`)], names: [arnOfRole("xx")] },
        { principals: [role("api"), role("x")] },
      ),
      [
        plain[0]!,
        `${prefix}role/xx of ${ORGANIZATION}: ${condition(`${prefix}role/xx`)}`,
        `${prefix}role/y of ${ORGANIZATION}: ${condition(`${prefix}role/*`)} and is not ${arnOfRole("api")} or ${prefix}role/x*`,
        `${prefix}role/xy of ${ORGANIZATION}: ${condition(`${prefix}role/x*`)} and is not ${arnOfRole("api")}`,
        `${prefix}user/x of ${ORGANIZATION}: ${condition(`${prefix}user/*`)} and is not ${arnOfRole("api")} or ${prefix}role/x*`,
      ],
    );
  });

  it("of an account that is not listed are of the organisation or not", () => {
    const outside = plain.map((text) =>
      text.replace(ORGANIZATION, "absent").replace(": ", ": without aws:PrincipalOrgID and "),
    );
    const inside = plain.map((text) =>
      text
        .replace(ORGANIZATION, `${ORGANIZATION}, 1 levels`)
        .replace(": ", `: aws:PrincipalOrgID is ${ORGANIZATION} and `),
    );
    assert.deepEqual(of({}, { accounts: [] }), [...outside, ...inside]);
  });

  it("have no organisation where the world has none", () => {
    const { organization: _, ...rest } = world();
    const without = (accounts: AccessWorld["accounts"]) =>
      texts(othersOfAccount(ORDERS, NONE, new WorldIndex({ ...rest, accounts })), who);
    const absent = plain.map((text) => text.replace(ORGANIZATION, "absent"));
    assert.deepEqual([without(rest.accounts), without([])], [absent, absent]);
  });
});

describe("the others of the organisation", () => {
  const who: Who = { kind: "others-of-organization", organizationId: ORGANIZATION };
  const account = (id: string, is: string) =>
    ["root Account", "role/x AssumedRole", "user/x User"].map((one) => {
      const [name, type] = one.split(" ");
      return `arn:aws:iam::${id}:${name} of ${ORGANIZATION}, 1 levels: aws:PrincipalAccount ${is} and aws:PrincipalType is ${type}`;
    });

  it("are of an account that is not listed", () => {
    assert.deepEqual(texts(othersOfOrganization(NONE, indexOf()), who), account("000000000000", "is given"));
  });

  it("are of accounts that conditions tell apart, and policies do not name", () => {
    const names = ["000000000000", arnOfRole("x", "111100000000"), "nonsense"];
    const accountAtoms = [like("1111*"), ...literals(ORDERS)];
    assert.deepEqual(texts(othersOfOrganization({ ...NONE, names, accountAtoms }, indexOf()), who), [
      ...account("300000000000", `is not 1111* or ${ORDERS}`),
      ...account("111110000000", `is 1111* and is not ${ORDERS}`),
    ]);
  });

  it("are none where there is no organisation", () => {
    const { organization: _, ...rest } = world();
    assert.deepEqual(othersOfOrganization(NONE, new WorldIndex(rest)), []);
  });

  it("are bound by no service control policies where there are none", () => {
    const subjects = othersOfOrganization(NONE, new WorldIndex(world()));
    assert.deepEqual(
      subjects.map(({ scps }) => scps),
      [undefined, undefined, undefined],
    );
  });
});

describe("any AWS principal", () => {
  const who: Who = { kind: "any-aws-principal" };
  const of = (organizationText: string, says: string) =>
    ["root Account", "role/x AssumedRole", "user/x User"].map((one) => {
      const [name, type] = one.split(" ");
      return `arn:aws:iam::000000000000:${name} of ${organizationText}: aws:PrincipalAccount is given and ${says} and aws:PrincipalType is ${type}`;
    });

  it("is of no organisation, of another, and of those that conditions name but for the world's own", () => {
    const atoms = literals(ORGANIZATION, "o-b");
    assert.deepEqual(texts(anyAwsPrincipal({ ...NONE, organizationAtoms: atoms }, indexOf()), who), [
      ...of("absent", "without aws:PrincipalOrgID"),
      ...of("o-x", "aws:PrincipalOrgID is o-x"),
      ...of("o-b", "aws:PrincipalOrgID is o-b"),
    ]);
  });

  it("is not of the world's organisation, also when no condition names it", () => {
    const own = indexOf({ organization: { ...organization, id: "o-x" } });
    const { organization: _, ...rest } = world();
    const [one, none] = [own, new WorldIndex(rest)].map((index) => texts(anyAwsPrincipal(NONE, index), who));
    assert.deepEqual(
      [one, none],
      [
        [...of("absent", "without aws:PrincipalOrgID"), ...of("o-y", "aws:PrincipalOrgID is o-y")],
        [...of("absent", "without aws:PrincipalOrgID"), ...of("o-x", "aws:PrincipalOrgID is o-x")],
      ],
    );
  });
});

describe("what documents say that tells strangers apart", () => {
  const asking = (key: string, value: string) => ({ Condition: { StringEquals: { [key]: value } } });
  const says = ({ arnAtoms, accountAtoms, organizationAtoms, names }: Mentions) => [
    ...[arnAtoms, accountAtoms, organizationAtoms].map((atoms) => atoms.map(({ text }) => text).join()),
    names.join(),
  ];
  const policy = attached(
    "p",
    reading({ AWS: [SECRETS, arnOfRole("a")] }, asking("aws:PrincipalArn", "arn")),
    reading("*", asking("aws:PrincipalAccount", "account")),
    deny({ Principal: "*", ...asking("kms:CallerAccount", "caller") }),
    deny({ NotPrincipal: { AWS: arnOfRole("b") }, ...asking("aws:PrincipalOrgID", "o-a") }),
    reading({ AWS: arnOfRole("c") }, { Action: "secretsmanager:PutSecretValue" }),
    reading("*", asking("aws:PrincipalArn", "${aws:userid}")),
    reading("*", asking("aws:SourceIp", "x")),
  );

  it("are of those documents that say something", () => {
    const one = (statement: Parameters<typeof deny>[0]) => attached("p", deny(statement));
    const documents = [
      one({ Principal: "*" }),
      one(asking("aws:PrincipalArn", "a")),
      one(asking("aws:PrincipalAccount", "b")),
      one(asking("aws:PrincipalOrgID", "c")),
      one({ Principal: { AWS: SECRETS } }),
    ];
    assert.deepEqual(someMentions(documents, "a:b").map(says), [
      ["a", "", "", ""],
      ["", "b", "", ""],
      ["", "", "c", ""],
      ["", "", "", SECRETS],
    ]);
  });

  it("are of all requests of an operation, with grants and what is around them", () => {
    const frames = [
      { action: "secretsmanager:GetSecretValue", policy },
      { action: "kms:Decrypt", grants: [{ grantId: "g", granteePrincipal: SECRETS, operations: [] }] },
    ] as unknown as readonly Frame[];
    const around = (frame: Frame): readonly Mentions[] =>
      frame.action === "kms:Decrypt"
        ? [
            {
              arnAtoms: literals("d"),
              accountAtoms: literals("e"),
              organizationAtoms: literals("f"),
              names: ["g"],
            },
          ]
        : [];
    assert.deepEqual(says(mentionsIn({ operation: "GetSecretValue", frames }, around)), [
      "arn,d",
      "account,caller,e",
      "o-a,f",
      `${SECRETS},${arnOfRole("a")},${arnOfRole("b")},g`,
    ]);
  });
});
