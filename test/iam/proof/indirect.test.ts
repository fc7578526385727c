import { strict as assert } from "assert";
import { AccessWorld, Group, NamedPrincipal, proveAccess } from "../../../iam/proof";
import { Statement } from "../../../iam";
import { allow, attached } from "../worlds";
import {
  arnOfRole,
  decrypting,
  key,
  mayRead,
  ORDERS,
  reading,
  role,
  secret,
  SECRETS,
  user,
  whoText,
  world,
} from "./access-worlds";

const nobody = attached("trust policy", {
  Effect: "Allow",
  Principal: { Service: "config.amazonaws.com" },
  Action: "sts:AssumeRole",
});
const trusting = (...arns: readonly string[]) =>
  attached("trust policy", { Effect: "Allow", Principal: { AWS: arns }, Action: "sts:AssumeRole" });
const may = (Action: string | readonly string[], Resource: string | readonly string[] = "*") => [
  attached("inline policy", allow({ Action, Resource })),
];
const own = (name: string, given: Partial<NamedPrincipal> = {}) =>
  role(name, { accountId: SECRETS, trust: nobody, ...given });
const mine = (name: string) => arnOfRole(name, SECRETS);
/** Reads, and is assumed by those who are named. */
const reader = (...arns: readonly string[]) =>
  own("reader", { identity: [mayRead], ...(arns.length > 0 && { trust: trusting(...arns) }) });
/** Its policies are not known; it is taken to write trust policies and secrets' policies, and to read nothing. */
const administrator = (name: string, given: Partial<NamedPrincipal> = {}) =>
  own(name, {
    identity: may(["iam:UpdateAssumeRolePolicy", "sts:*", "secretsmanager:PutResourcePolicy"]),
    assumed: true,
    ...given,
  });

const short = (name: string) => name.replace(`${SECRETS}:role/`, "");

/** `who: step, step -> reader`; assumed principals' own affairs are left out when asked for. */
function paths(given: Partial<AccessWorld>, withoutOwnAffairs = false): readonly string[] {
  const { indirect } = proveAccess(world(given)).secret("orders/database", { withoutOwnAffairs });
  return indirect.map(({ who, path, reader: end }) => {
    const steps = path.map((step) => {
      assert.equal(step.cannotTell.length, 0);
      return `${short(whoText(step.who))} ${step.by.replace(/^.*:/, "")} on ${step.on.replace(/^.*[:/]/, "")}`;
    });
    return `${short(whoText(who))}: ${steps.join(", ")} -> ${short(whoText(end))}`;
  });
}

interface Case {
  readonly name: string;
  readonly principals: readonly NamedPrincipal[];
  readonly given?: Partial<AccessWorld>;
  readonly found: readonly string[];
}

const CHAINS: readonly Case[] = [
  {
    name: "goes over several, nearest first",
    principals: [
      own("c", { identity: may("s3:*") }),
      own("b", { trust: trusting(mine("c")) }),
      own("a", { trust: trusting(mine("b")) }),
      reader(mine("a")),
    ],
    found: [
      "a: a AssumeRole on reader -> reader",
      "b: b AssumeRole on a, a AssumeRole on reader -> reader",
      "c: c AssumeRole on b, b AssumeRole on a, a AssumeRole on reader -> reader",
    ],
  },
  {
    name: "takes the shortest of several",
    principals: [
      own("c", { identity: may("s3:*") }),
      own("b", { trust: trusting(mine("c")) }),
      reader(mine("b"), mine("c")),
    ],
    found: ["b: b AssumeRole on reader -> reader", "c: c AssumeRole on reader -> reader"],
  },
  {
    name: "ends where the chain is broken",
    principals: [own("c"), own("b"), own("a", { trust: trusting(mine("b")) }), reader()],
    found: [],
  },
  {
    name: "goes in circles no further",
    principals: [
      own("a", { trust: trusting(mine("b")) }),
      own("b", { trust: trusting(mine("a")) }),
      reader(mine("a")),
    ],
    found: ["a: a AssumeRole on reader -> reader", "b: b AssumeRole on a, a AssumeRole on reader -> reader"],
  },
  {
    name: "is none for those who read at once",
    principals: [reader(mine("other")), own("other", { identity: [mayRead] })],
    found: [],
  },
  {
    name: "leads to the first of two readers",
    principals: [
      own("a", { identity: may("s3:*") }),
      reader(mine("a")),
      own("second", { identity: [mayRead], trust: trusting(mine("a")) }),
    ],
    found: ["a: a AssumeRole on reader -> reader"],
  },
];

const readers: Group = {
  arn: `arn:aws:iam::${SECRETS}:group/readers`,
  accountId: SECRETS,
  identity: [mayRead],
};
const idlers: Group = { ...readers, arn: `arn:aws:iam::${SECRETS}:group/idlers`, identity: may("s3:*") };
const alice = user("alice", { accountId: SECRETS });
const admitting = (statement: Statement) => ({
  secrets: [secret([statement])],
  keys: [key([decrypting({ AWS: ORDERS })])],
});

const GIFTS: readonly Case[] = [
  {
    name: "makes a reader by its policies, and goes on from who can",
    principals: [
      own("idle"),
      own("giver", { identity: may("iam:PutRolePolicy", mine("idle")), trust: trusting(mine("c")) }),
      own("c"),
    ],
    found: [
      "giver: giver PutRolePolicy on idle -> idle",
      "c: c AssumeRole on giver, giver PutRolePolicy on idle -> idle",
    ],
  },
  {
    name: "does not make a reader of one",
    principals: [reader(), own("giver", { identity: may("iam:PutRolePolicy", mine("reader")) })],
    found: [],
  },
  {
    name: "makes a reader by a group that reads",
    principals: [alice, own("giver", { identity: may("iam:AddUserToGroup", readers.arn) })],
    given: { groups: [readers] },
    found: [`giver: giver AddUserToGroup on readers -> ${SECRETS}:user/alice`],
  },
  {
    name: "makes none by a group that does not",
    principals: [alice, own("giver", { identity: may("iam:AddUserToGroup", idlers.arn) })],
    given: { groups: [idlers] },
    found: [],
  },
  {
    name: "makes none of a principal of another account that the secret does not admit",
    principals: [
      role("idle", { trust: nobody }),
      role("giver", { trust: nobody, identity: may("iam:PutRolePolicy", arnOfRole("idle")) }),
    ],
    found: [],
  },
  {
    name: "makes one of a principal of another account that secret and key admit",
    principals: [
      role("idle", { trust: nobody }),
      role("giver", { trust: nobody, identity: may("iam:PutRolePolicy", arnOfRole("idle")) }),
    ],
    given: admitting(reading({ AWS: arnOfRole("idle") })),
    found: [`${ORDERS}:role/giver: ${ORDERS}:role/giver PutRolePolicy on idle -> ${ORDERS}:role/idle`],
  },
  {
    name: "makes none of one whose account the secret admits for another Region's endpoint",
    principals: [
      role("idle", { trust: nobody }),
      role("giver", { trust: nobody, identity: may("iam:PutRolePolicy", arnOfRole("idle")) }),
    ],
    given: admitting(
      reading(
        { AWS: arnOfRole("idle") },
        { Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } },
      ),
    ),
    found: [],
  },
];

for (const [title, cases] of [
  ["a path to a reader", CHAINS],
  ["a path by permissions", GIFTS],
] as const) {
  describe(title, () => {
    for (const { name, principals, given, found } of cases) {
      it(name, () => {
        assert.deepEqual(paths({ principals, ...given }), found);
        assert.deepEqual(paths({ principals, ...given }, true), found);
      });
    }
  });
}

const elsewhere = (name: string, given: Partial<NamedPrincipal> = {}) =>
  administrator(name, { accountId: ORDERS, ...given });
const theirs = `${ORDERS}:role`;

const OF_POLICY = [
  `${theirs}/admin: ${theirs}/admin PutResourcePolicy on database-AbCdEf -> ${theirs}/admin`,
  `${theirs}/other: ${theirs}/other UpdateAssumeRolePolicy on admin, ${theirs}/admin PutResourcePolicy on database-AbCdEf -> ${theirs}/admin`,
];

describe("assumed principals", () => {
  const cases: readonly (Case & { readonly without: readonly string[] })[] = [
    {
      name: "are left out in their own account when asked for",
      principals: [reader(), administrator("admin")],
      found: ["admin: admin UpdateAssumeRolePolicy on reader -> reader"],
      without: [],
    },
    {
      name: "are told in another account",
      principals: [reader(arnOfRole("admin")), elsewhere("admin")],
      found: [`${theirs}/admin: ${theirs}/admin AssumeRole on reader -> reader`],
      without: [`${theirs}/admin: ${theirs}/admin AssumeRole on reader -> reader`],
    },
    {
      name: "are told in their own account where the path has left it",
      principals: [reader(arnOfRole("admin")), elsewhere("admin"), elsewhere("other")],
      found: [
        `${theirs}/admin: ${theirs}/admin AssumeRole on reader -> reader`,
        `${theirs}/other: ${theirs}/other UpdateAssumeRolePolicy on admin, ${theirs}/admin AssumeRole on reader -> reader`,
      ],
      without: [
        `${theirs}/admin: ${theirs}/admin AssumeRole on reader -> reader`,
        `${theirs}/other: ${theirs}/other UpdateAssumeRolePolicy on admin, ${theirs}/admin AssumeRole on reader -> reader`,
      ],
    },
    {
      name: "lead on for somebody else who becomes them",
      principals: [
        reader(),
        administrator("admin", { trust: trusting(arnOfRole("guest")) }),
        role("guest", { trust: nobody, identity: may("sts:AssumeRole") }),
      ],
      found: [
        "admin: admin UpdateAssumeRolePolicy on reader -> reader",
        `${theirs}/guest: ${theirs}/guest AssumeRole on admin, admin UpdateAssumeRolePolicy on reader -> reader`,
      ],
      without: [
        `${theirs}/guest: ${theirs}/guest AssumeRole on admin, admin UpdateAssumeRolePolicy on reader -> reader`,
      ],
    },
    {
      name: "do not lead on where they can do nothing",
      principals: [
        reader(),
        administrator("admin", { trust: trusting(arnOfRole("guest")), identity: may("s3:*") }),
        role("guest", { trust: nobody, identity: may("sts:AssumeRole") }),
      ],
      found: [],
      without: [],
    },
    {
      name: "lead on once, by the first reader",
      principals: [
        reader(),
        own("second", { identity: [mayRead] }),
        administrator("admin", { trust: trusting(arnOfRole("guest")) }),
        role("guest", { trust: nobody, identity: may("sts:AssumeRole") }),
      ],
      found: [
        "admin: admin UpdateAssumeRolePolicy on reader -> reader",
        `${theirs}/guest: ${theirs}/guest AssumeRole on admin, admin UpdateAssumeRolePolicy on reader -> reader`,
      ],
      without: [
        `${theirs}/guest: ${theirs}/guest AssumeRole on admin, admin UpdateAssumeRolePolicy on reader -> reader`,
      ],
    },
    {
      name: "lead on to others of their account",
      principals: [
        reader(mine("middle")),
        own("middle"),
        administrator("admin", {
          identity: may("iam:UpdateAssumeRolePolicy", mine("middle")),
          trust: trusting(arnOfRole("guest")),
        }),
        role("guest", { trust: nobody, identity: may("sts:AssumeRole") }),
      ],
      found: [
        "middle: middle AssumeRole on reader -> reader",
        "admin: admin UpdateAssumeRolePolicy on middle, middle AssumeRole on reader -> reader",
        `${theirs}/guest: ${theirs}/guest AssumeRole on admin, admin UpdateAssumeRolePolicy on middle, middle AssumeRole on reader -> reader`,
      ],
      without: [
        "middle: middle AssumeRole on reader -> reader",
        `${theirs}/guest: ${theirs}/guest AssumeRole on admin, admin UpdateAssumeRolePolicy on middle, middle AssumeRole on reader -> reader`,
      ],
    },
    {
      name: "lead on over each other",
      principals: [
        reader(),
        administrator("admin", {
          identity: may("iam:UpdateAssumeRolePolicy"),
          trust: trusting(arnOfRole("guest")),
        }),
        administrator("lesser", {
          identity: may("iam:UpdateAssumeRolePolicy", mine("admin")),
          trust: trusting(arnOfRole("visitor")),
        }),
        ...["guest", "visitor"].map((name) => role(name, { trust: nobody, identity: may("sts:AssumeRole") })),
      ],
      found: [
        "admin: admin UpdateAssumeRolePolicy on reader -> reader",
        `${theirs}/guest: ${theirs}/guest AssumeRole on admin, admin UpdateAssumeRolePolicy on reader -> reader`,
        "lesser: lesser UpdateAssumeRolePolicy on admin, admin UpdateAssumeRolePolicy on reader -> reader",
        `${theirs}/visitor: ${theirs}/visitor AssumeRole on lesser, lesser UpdateAssumeRolePolicy on admin, admin UpdateAssumeRolePolicy on reader -> reader`,
      ],
      without: [
        `${theirs}/guest: ${theirs}/guest AssumeRole on admin, admin UpdateAssumeRolePolicy on reader -> reader`,
        `${theirs}/visitor: ${theirs}/visitor AssumeRole on lesser, lesser UpdateAssumeRolePolicy on admin, admin UpdateAssumeRolePolicy on reader -> reader`,
      ],
    },
    {
      name: "are told where the policy of another account's secret is changed",
      principals: [
        elsewhere("admin", {
          identity: may(["secretsmanager:PutResourcePolicy", "secretsmanager:GetSecretValue", "kms:Decrypt"]),
        }),
        elsewhere("other"),
      ],
      given: admitting(reading({ AWS: arnOfRole("admin") }, { Action: "secretsmanager:PutResourcePolicy" })),
      found: OF_POLICY,
      without: OF_POLICY,
    },
    {
      name: "that read are a step for others",
      principals: [
        administrator("root", { identity: may("*"), trust: trusting(arnOfRole("guest")) }),
        administrator("admin"),
        role("guest", { trust: nobody, identity: may("sts:AssumeRole") }),
      ],
      found: [
        `${theirs}/guest: ${theirs}/guest AssumeRole on root -> root`,
        "admin: admin UpdateAssumeRolePolicy on root -> root",
      ],
      without: [`${theirs}/guest: ${theirs}/guest AssumeRole on root -> root`],
    },
  ];
  for (const { name, principals, given, found, without } of cases) {
    it(name, () => {
      assert.deepEqual(paths({ principals, ...given }), found);
      assert.deepEqual(paths({ principals, ...given }, true), without);
    });
  }
});
