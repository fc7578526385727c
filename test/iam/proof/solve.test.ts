import { strict as assert } from "assert";
import { Endpoint } from "../../../iam/proof";
import { OpenTest } from "../../../iam/proof/open-test";
import { Problem } from "../../../iam/proof/problem";
import { FAILS, HOLDS, Slate, UNDECIDED } from "../../../iam/proof/slate";
import { DENIED_ANYWAY, solve } from "../../../iam/proof/solve";
import { atom, literals, openKey, openTest } from "./atoms";
import { memberText } from "./state-text";

const SINCE = Date.parse("2026-01-01T00:00:00Z");
const endpoint: Endpoint = {
  id: "vpce-1",
  vpcId: "vpc-1",
  accountId: "1",
  region: "eu-west-1",
  service: "s",
};
const surroundings = {
  endpoints: [endpoint],
  region: "eu-west-1",
  membership: () => undefined,
  accountIds: [],
};

/** A problem whose decision is a formula of its tests; an endpoint that makes a difference is one to avoid. */
function problem(
  tests: readonly OpenTest[],
  formula: (holds: readonly boolean[]) => boolean,
  restricting: readonly string[] = [],
): Problem {
  const slate = new Slate();
  const places = tests.map((test) => slate.place(test));
  const counts = (place: number) =>
    slate.truths[place] === HOLDS || (slate.truths[place] === UNDECIDED && slate.inFavour);
  return {
    slate,
    open: places.map((place) => [place]),
    signature: "",
    restricting: new Set(restricting),
    isAllowed: (through) =>
      formula(places.map(counts)) && (through === undefined || !restricting.includes(through)),
  };
}

const text = (id: number, key: string, ...texts: readonly string[]) =>
  openTest(id, [openKey(key, literals(...texts))]);
const unknown = (id: number, subject: string) =>
  openTest(id, [], {
    holds: () => false,
    cannotTell: { kind: "document", subject, reason: "not made" },
  });

function solved(...given: Parameters<typeof problem>) {
  const one = problem(...given);
  const { under, cannotTell, example, branches } = solve(one, surroundings, SINCE);
  assert.equal(
    one.slate.truths.every((truth) => truth === UNDECIDED),
    true,
  );
  return {
    under: under.map((conditions) => conditions.map((condition) => condition.text).join(" and ")),
    cannotTell: cannotTell.map(({ kind, subject }) => `${kind} ${subject}`),
    example: example && [...example].map(([group, member]) => `${group}: ${memberText(member)}`),
    branches,
  };
}

const all = (holds: readonly boolean[]) => holds.every(Boolean);
const some = (holds: readonly boolean[]) => holds.some(Boolean);
const [agent, referer] = [text(1, "aws:useragent", "a"), text(2, "aws:referer", "r")];

describe("when a problem's requests are allowed", () => {
  const cases: readonly {
    readonly name: string;
    readonly given: Parameters<typeof problem>;
    readonly found: ReturnType<typeof solved>;
  }[] = [
    {
      name: "never",
      given: [[agent], () => false],
      found: { under: [], cannotTell: [], example: undefined, branches: 0 },
    },
    {
      name: "always",
      given: [[agent], () => true],
      found: { under: [""], cannotTell: [], example: [], branches: 0 },
    },
    {
      name: "with one condition",
      given: [[agent], all],
      found: {
        under: ["aws:UserAgent is a"],
        cannotTell: [],
        example: ["key:aws:useragent: useragent=a"],
        branches: 1,
      },
    },
    {
      name: "with both of two",
      given: [[agent, referer], all],
      found: {
        under: ["aws:Referer is r and aws:UserAgent is a"],
        cannotTell: [],
        example: ["key:aws:referer: referer=r", "key:aws:useragent: useragent=a"],
        branches: 2,
      },
    },
    {
      name: "with either of two",
      given: [[agent, referer], some],
      found: {
        under: ["aws:Referer is r", "aws:UserAgent is a"],
        cannotTell: [],
        example: ["key:aws:referer: ", "key:aws:useragent: useragent=a"],
        branches: 2,
      },
    },
    {
      name: "with no value that meets both",
      given: [[agent, text(3, "aws:useragent", "b")], all],
      found: { under: [], cannotTell: [], example: undefined, branches: 1 },
    },
    {
      name: "in an order of groups: route, time, second factor, version, then by name",
      given: [
        [
          text(1, "aws:z", "z"),
          text(2, "aws:a", "a"),
          openTest(3, [openKey("secretsmanager:versionstage", literals("AWSCURRENT"), { group: "version" })]),
          openTest(4, [openKey("aws:multifactorauthpresent", literals("true"), { group: "mfa" })]),
          openTest(5, [
            openKey("aws:currenttime", [atom("DateGreaterThanEquals", "2026-01-01T00:00:00Z")], {
              group: "time",
            }),
          ]),
          openTest(6, [openKey("aws:sourcevpce", literals("vpce-2"), { group: "route" })]),
        ],
        all,
      ],
      found: {
        under: [
          [
            "aws:SourceVpce is vpce-2",
            "aws:MultiFactorAuthPresent is true",
            "secretsmanager:VersionStage is AWSCURRENT",
            "aws:a is a",
            "aws:z is z",
          ].join(" and "),
        ],
        cannotTell: [],
        example: [
          "route: sourcevpce=vpce-2 sourcevpc=vpc-x vpceaccount=000000000000 vpcsourceip=10.0.0.10 " +
            "sourcevpcarn=arn:aws:ec2:eu-west-1:000000000000:vpc/vpc-x viaawsservice=false " +
            ">calledvia=[secretsmanager.amazonaws.com] >calledviafirst=secretsmanager.amazonaws.com",
          "mfa: multifactorauthpresent=true multifactorauthage=60",
          "version: secretsmanager:versionstage=AWSCURRENT kms:encryptioncontext:secretversionid=00000000000000000000000000000000",
          "key:aws:a: a=a",
          "key:aws:z: z=z",
        ],
        branches: 6,
      },
    },
    {
      name: "not through an endpoint whose policy forbids it",
      given: [[], () => true, ["vpce-1"]],
      found: {
        under: ["aws:SourceVpce is not vpce-1"],
        cannotTell: [],
        example: [
          "route: sourceip=198.51.100.77 viaawsservice=false >calledvia=[secretsmanager.amazonaws.com] " +
            ">calledviafirst=secretsmanager.amazonaws.com",
        ],
        branches: 1,
      },
    },
    {
      name: "when what is not known says so",
      given: [[unknown(11, "policy a")], all],
      found: { under: [""], cannotTell: ["document policy a"], example: undefined, branches: 1 },
    },
    {
      name: "whatever one of two that are not known says",
      given: [[unknown(11, "policy a"), unknown(12, "policy a"), unknown(13, "policy b"), agent], some],
      found: {
        under: [""],
        cannotTell: ["document policy a", "document policy b"],
        example: ["key:aws:useragent: useragent=a"],
        branches: 4,
      },
    },
    {
      name: "with a condition and what is not known",
      given: [[unknown(11, "policy a"), agent], all],
      found: {
        under: ["aws:UserAgent is a"],
        cannotTell: ["document policy a"],
        example: undefined,
        branches: 2,
      },
    },
    {
      name: "with what is not known and makes no difference",
      given: [[unknown(11, "policy a"), agent], ([, holds]) => holds!],
      found: {
        under: ["aws:UserAgent is a"],
        cannotTell: [],
        example: ["key:aws:useragent: useragent=a"],
        branches: 1,
      },
    },
    {
      name: "with conditions on one key that do not go together",
      given: [[openTest(1, [openKey("aws:useragent", [atom("NumericEquals", "1"), ...literals("a")])])], all],
      found: {
        under: ["aws:UserAgent is 1 or a"],
        cannotTell: ["too-many-cases aws:useragent"],
        example: ["key:aws:useragent: useragent=1"],
        branches: 1,
      },
    },
  ];
  for (const { name, given, found } of cases) it(name, () => assert.deepEqual(solved(...given), found));

  it("cannot be told when there are too many combinations", () => {
    const parity = (holds: readonly boolean[]) => holds.filter(Boolean).length % 2 === 1;
    const tests = Array.from({ length: 16 }, (_, index) => text(index, `aws:k${index}`, "a"));
    const one = problem(tests, parity);
    // Undecided tests leave the parity open either way.
    const open = (truths: readonly number[]) => truths.includes(UNDECIDED);
    const isAllowed = () =>
      open(one.slate.truths) ? one.slate.inFavour : parity(one.slate.truths.map((truth) => truth === HOLDS));
    const { under, cannotTell, example, branches } = solve({ ...one, isAllowed }, surroundings, SINCE);
    assert.deepEqual(
      [under, cannotTell, example, branches],
      [
        [[]],
        [
          {
            kind: "too-many-cases",
            subject: [...tests]
              .map(({ keys }) => keys[0]!.key)
              .sort()
              .join(", "),
            reason: "there are too many combinations",
          },
        ],
        undefined,
        50_001,
      ],
    );
  });

  it("is nothing, once denied anyway", () => {
    assert.deepEqual(DENIED_ANYWAY, { under: [], cannotTell: [], branches: 0 });
    assert.equal(
      solve(
        problem([agent], () => false),
        surroundings,
        SINCE,
      ),
      DENIED_ANYWAY,
    );
  });

  it("compares two keys by the values of both", () => {
    const same = openTest(1, [openKey("aws:useragent", []), openKey("aws:referer", [])], {
      holds: (valueOf) =>
        valueOf("aws:useragent") !== undefined && valueOf("aws:useragent") === valueOf("aws:referer"),
    });
    const { example, cannotTell } = solved([same], all);
    assert.deepEqual(
      [example, cannotTell],
      [["key:aws:referer: referer=x", "key:aws:useragent: useragent=x"], []],
    );
    assert.equal(FAILS > HOLDS, true);
  });
});
