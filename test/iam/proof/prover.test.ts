import { strict as assert } from "assert";
import { Statement } from "../../../iam";
import { AccessWorld, Endpoint, symbolFor } from "../../../iam/proof";
import { operationsOf } from "../../../iam/proof/operations";
import { accessesOf } from "../../../iam/proof/prove-operation";
import { Prover } from "../../../iam/proof/prover";
import { allow, attached, deny } from "../worlds";
import {
  arnOfRole,
  BILLING,
  decrypting,
  key,
  mayRead,
  ORDERS,
  ORGANIZATION,
  reading,
  role,
  secret,
  SECRETS,
  whoText,
  world,
} from "./access-worlds";

const api = role("api", { identity: [mayRead] });
const own = role("own", { accountId: SECRETS, identity: [mayRead] });

function asked(statements: readonly Statement[], given: Partial<AccessWorld> = {}) {
  const whole = world({
    principals: [api, own],
    secrets: [secret(statements)],
    keys: [key([decrypting("*")])],
    ...given,
  });
  const prover = new Prover(whole);
  const [operation] = operationsOf("read", whole.secrets[0]!.copies[0]!, prover.index);
  return { prover, operation: operation! };
}

function appearances(statements: readonly Statement[], given?: Partial<AccessWorld>): readonly string[] {
  const { prover, operation } = asked(statements, given);
  return [...prover.appearances(operation)].map(
    (subjects) => `${whoText(subjects[0]!.who)} ${subjects.length}`,
  );
}

const OWN = `${SECRETS}:role/own 1`;
const API = `${ORDERS}:role/api 1`;

describe("those who may get an operation through", () => {
  const cases: readonly {
    readonly name: string;
    readonly statements: readonly Statement[];
    readonly given?: Partial<AccessWorld>;
    readonly found: readonly string[];
  }[] = [
    { name: "are of the owner's account", statements: [], found: [OWN, `others of ${SECRETS} 3`] },
    {
      name: "are those that the policy names, and who remains of the accounts that it names",
      statements: [reading({ AWS: [api.arn, BILLING] })],
      found: [OWN, API, `others of ${SECRETS} 3`, `others of ${BILLING} 3`],
    },
    {
      name: "are those that the policy names whom the world does not, with who remains of their accounts",
      statements: [reading({ AWS: [api.arn, arnOfRole("gone")] })],
      found: [OWN, API, `others of ${SECRETS} 3`, `others of ${ORDERS} 4`],
    },
    {
      name: "are those that the policy may come to name",
      statements: [
        reading({ AWS: `arn:aws:iam::${ORDERS}:role/${symbolFor({ of: "a name", shape: "*" })}` }),
      ],
      found: [OWN, API, `others of ${SECRETS} 3`, `others of ${ORDERS} 4`],
    },
    {
      name: "are sessions that it names, apart",
      statements: [reading({ AWS: `arn:aws:sts::${ORDERS}:assumed-role/api/nightly` })],
      found: [OWN, `${ORDERS}:role/api 2`, `others of ${SECRETS} 3`, `others of ${ORDERS} 3`],
    },
    {
      name: "are services that it names",
      statements: [reading({ Service: ["a.amazonaws.com", "b.amazonaws.com"] })],
      found: [OWN, `others of ${SECRETS} 3`, "a.amazonaws.com 1", "b.amazonaws.com 1"],
    },
    {
      name: "are everyone",
      statements: [reading("*")],
      found: [
        API,
        OWN,
        `others of ${SECRETS} 3`,
        `others of ${ORDERS} 3`,
        `others of ${BILLING} 3`,
        "others of the organisation 3",
        "any-aws-principal 6",
        "anonymous 1",
        "any service 1",
      ],
    },
    {
      name: "are everyone, with a service that is named",
      statements: [reading("*"), reading({ Service: "a.amazonaws.com" })],
      given: { organization: { id: ORGANIZATION, managementAccountId: "1" } },
      found: [
        API,
        OWN,
        `others of ${SECRETS} 3`,
        `others of ${ORDERS} 3`,
        `others of ${BILLING} 3`,
        "others of the organisation 3",
        "any-aws-principal 6",
        "anonymous 1",
        "a.amazonaws.com 1",
      ],
    },
  ];
  for (const { name, statements, given, found } of cases) {
    it(name, () => assert.deepEqual(appearances(statements, given), found));
  }

  const like = { Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/a*" } } };
  const ofOwner = (given: Partial<AccessWorld>) => appearances([], given).at(-1);
  it("are told apart by what the organisation's policies and endpoints say", () => {
    const scps = [[attached("scp", allow(), deny(like))]];
    const rcps = [[attached("rcp", deny({ ...like, Principal: "*" }))]];
    const endpoint: Endpoint = {
      id: "vpce-1",
      vpcId: "vpc-1",
      accountId: SECRETS,
      region: "eu-west-1",
      service: "secretsmanager",
      policy: attached("e", deny({ ...like, Principal: "*" })),
    };
    assert.deepEqual(
      [
        ofOwner({ accounts: [{ id: SECRETS, scps }] }),
        ofOwner({ accounts: [{ id: SECRETS, rcps }] }),
        ofOwner({ endpoints: [endpoint] }),
        ofOwner({ endpoints: [{ ...endpoint, region: "eu-central-1" }] }),
        ofOwner({ endpoints: [{ ...endpoint, service: "sts" }] }),
        ofOwner({ accounts: [{ id: SECRETS }, { id: ORDERS, scps }] }),
      ].map((text) => text!.slice(-1)),
      ["4", "4", "4", "3", "3", "3"],
    );
  });
});

describe("a prover", () => {
  it("looks at the same appearance once, and counts", () => {
    const agent = { Condition: { StringEquals: { "aws:UserAgent": "x" } } };
    const { prover, operation } = asked([reading({ AWS: api.arn }, agent)]);
    const subjects = prover.appearancesOf(api, operation);
    assert.equal(prover.appearancesOf(api, operation), subjects);
    const [one, two] = [1, 2].map(() => prover.solution(operation, subjects[0]!));
    assert.equal(one, two);
    assert.deepEqual(prover.counts(), { pairs: 2, branches: 1 });
    assert.deepEqual([...prover.appearances(operation)].flat().includes(subjects[0]!), true);
  });

  it("keeps strangers that are told apart alike", () => {
    const { prover, operation } = asked([reading({ AWS: BILLING })]);
    const last = () => [...prover.appearances(operation)].at(-1);
    assert.equal(last(), last());
  });

  it("starts at the given time", () => {
    assert.deepEqual(
      [new Prover(world()).since, new Prover(world({ since: "2027-01-01T00:00:00Z" })).since],
      [Date.parse("2026-01-01T00:00:00Z"), Date.parse("2027-01-01T00:00:00Z")],
    );
  });

  it("knows whether a policy lets a service in", () => {
    const prover = new Prover(world());
    const admits = (policy: Parameters<Prover["admits"]>[0]) =>
      prover.admits(policy, "a:b", "s.amazonaws.com");
    assert.deepEqual(
      [
        admits(undefined),
        admits({ source: "p", unknown: "x" }),
        admits(attached("p", allow({ Principal: { Service: "s.amazonaws.com" } }))),
        admits(attached("p", allow({ Principal: { Service: "t.amazonaws.com" } }))),
        admits(attached("p", allow({ Principal: "*" }))),
      ],
      [false, true, true, false, true],
    );
  });

  it("knows whose principals a policy leaves to their accounts, the owner's first", () => {
    const principals = [api, own, role("far", { accountId: BILLING })];
    const within = (...statements: readonly Statement[]) => {
      const { prover, operation } = asked(statements, { principals });
      return prover.accountsWithin(operation);
    };
    assert.deepEqual(
      [
        within(),
        within(reading({ AWS: BILLING })),
        within(reading({ AWS: api.arn })),
        within(reading({ AWS: BILLING }, { Action: "secretsmanager:PutSecretValue" })),
        within(reading("*")),
      ],
      [[SECRETS], [SECRETS, BILLING], [SECRETS, ORDERS], [SECRETS], [SECRETS, ORDERS, BILLING]],
    );
  });

  it("knows what requests come through", () => {
    const prover = new Prover(
      world({ accounts: [{ id: ORDERS, organizationPath: "o/r/" }, { id: BILLING }] }),
    );
    const { endpoints, region, accountIds, membership } = prover.surroundings("secretsmanager", "eu-west-1");
    assert.deepEqual(
      [endpoints, region, accountIds, membership(ORDERS), membership(BILLING), membership("1")],
      [[], "eu-west-1", [ORDERS, BILLING], { id: ORGANIZATION, path: "o/r/" }, undefined, undefined],
    );
    const { organization: _, ...rest } = world();
    assert.equal(new Prover(rest).surroundings("kms", "x").membership(ORDERS), undefined);
  });

  it("holds services up at no endpoint, and anonymous callers at each", () => {
    const endpoint: Endpoint = {
      id: "vpce-1",
      vpcId: "vpc-1",
      accountId: ORDERS,
      region: "eu-west-1",
      service: "secretsmanager",
      policy: attached("e", deny({ Principal: "*" })),
    };
    const { prover, operation } = asked([reading("*")], { endpoints: [endpoint] });
    const said = accessesOf(operation, prover).flatMap(({ who, under }) =>
      who.kind === "anonymous" || who.kind === "aws-service"
        ? [`${whoText(who)}: ${under.map((one) => one.map(({ text }) => text).join()).join("; ")}`]
        : [],
    );
    assert.deepEqual(said, ["anonymous: aws:SourceVpce is not vpce-1", "any service: "]);
  });
});
