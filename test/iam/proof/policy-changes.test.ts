import { strict as assert } from "assert";
import { AccessWorld, NamedPrincipal, proveAccess } from "../../../iam/proof";
import { Statement } from "../../../iam";
import { nameOf } from "../../../iam/proof/class-names";
import { operationsOf } from "../../../iam/proof/operations";
import { policyChanges } from "../../../iam/proof/policy-changes";
import { Prover } from "../../../iam/proof/prover";
import { allow, attached, deny } from "../worlds";
import {
  arnOfRole,
  BILLING,
  decrypting,
  KEY,
  key,
  mayRead,
  reading,
  role,
  SECRET,
  secret,
  SECRETS,
  whoText,
  world,
} from "./access-worlds";

const holder = (name: string, ...statements: readonly Statement[]): NamedPrincipal =>
  role(name, { accountId: SECRETS, identity: [attached(`policy of ${name}`, ...statements)] });
const onSecret = (operation: string) => allow({ Action: `secretsmanager:${operation}`, Resource: SECRET });
const onKey = (operation: string) => allow({ Action: `kms:${operation}`, Resource: KEY });
const [getting, decryption] = [onSecret("GetSecretValue"), onKey("Decrypt")];

function changes(given: Partial<AccessWorld>): readonly string[] {
  const whole = world(given);
  const prover = new Prover(whole);
  const copy = whole.secrets[0]!.copies[0]!;
  const [read] = operationsOf("read", copy, prover.index);
  const [answer] = proveAccess(whole).direct("orders/database");
  const readers = new Map(answer!.accesses.read.map(({ who }) => [nameOf(who), who]));
  return policyChanges(copy, read!, answer!, readers, prover).map(({ step, reader }) => {
    const on = { [SECRET]: "secret", [KEY]: "key" }[step.on] ?? step.on;
    return `${whoText(step.who)}: ${step.by} on ${on} -> ${whoText(reader)}`;
  });
}

const x = `${SECRETS}:role/x`;
const y = `${SECRETS}:role/y`;
const byX = (by: string, on: "secret" | "key", reader = x) => [`${x}: ${by} on ${on} -> ${reader}`];
const openKey = (...statements: readonly Statement[]) => [key(statements)];

interface Case {
  readonly name: string;
  readonly given: Partial<AccessWorld>;
  readonly found: readonly string[];
}
const of = (name: string, principals: readonly NamedPrincipal[], found: readonly string[]): Case => ({
  name,
  given: { principals },
  found,
});

/** The secret with a policy that denies reading to roles of its account. */
const denying = (...names: readonly string[]) => [
  secret([
    deny({
      Principal: { AWS: names.map((name) => arnOfRole(name, SECRETS)) },
      Action: "secretsmanager:GetSecretValue",
    }),
  ]),
];

const OF_SECRETS: readonly Case[] = [
  of(
    "writes the secret's policy and may decrypt",
    [holder("x", onSecret("PutResourcePolicy"), decryption)],
    byX("secretsmanager:PutResourcePolicy", "secret"),
  ),
  of(
    "writes it and may decrypt, as another may",
    [holder("y", decryption), holder("x", onSecret("PutResourcePolicy"), decryption)],
    byX("secretsmanager:PutResourcePolicy", "secret"),
  ),
  of("writes it and may not decrypt, as nobody else may", [holder("x", onSecret("PutResourcePolicy"))], []),
  of(
    "writes it for another who may decrypt",
    [holder("x", onSecret("PutResourcePolicy")), holder("y", decryption)],
    byX("secretsmanager:PutResourcePolicy", "secret", y),
  ),
  of(
    "writes it for another, being denied itself",
    [
      holder(
        "x",
        onSecret("PutResourcePolicy"),
        decryption,
        deny({ Action: "secretsmanager:GetSecretValue" }),
      ),
      holder("y", decryption),
    ],
    byX("secretsmanager:PutResourcePolicy", "secret", y),
  ),
  of(
    "writes it for nobody: another who reads already is no gain",
    [holder("x", onSecret("PutResourcePolicy")), role("y", { accountId: SECRETS, identity: [mayRead] })],
    [],
  ),
  of("reads already", [holder("x", onSecret("*"), decryption)], []),
  of("reads nothing and changes nothing", [holder("x", decryption)], []),
  {
    name: "deletes a policy that denies it",
    given: {
      principals: [holder("x", onSecret("DeleteResourcePolicy"), getting, decryption)],
      secrets: denying("x"),
    },
    found: byX("secretsmanager:DeleteResourcePolicy", "secret"),
  },
  {
    name: "deletes a policy that denies another",
    given: {
      principals: [holder("x", onSecret("DeleteResourcePolicy")), holder("y", getting, decryption)],
      secrets: denying("x", "y"),
    },
    found: byX("secretsmanager:DeleteResourcePolicy", "secret", y),
  },
  {
    name: "deletes a policy without which its own do not let it read",
    given: {
      principals: [holder("x", onSecret("DeleteResourcePolicy"), decryption)],
      secrets: denying("x"),
    },
    found: [],
  },
  of(
    "copies the secret to a Region with another key, for one who may read and not decrypt",
    [holder("x", onSecret("ReplicateSecretToRegions"), decryption), holder("y", getting)],
    byX("secretsmanager:ReplicateSecretToRegions", "secret", y),
  ),
  of(
    "copies it for nobody",
    [holder("x", onSecret("ReplicateSecretToRegions"), decryption), holder("y", onSecret("DescribeSecret"))],
    [],
  ),
];

const OF_KEYS: readonly Case[] = [
  ...["PutKeyPolicy", "CreateGrant"].flatMap((operation): readonly Case[] => [
    of(
      `does ${operation} and may read but for the key`,
      [holder("x", onKey(operation), getting)],
      byX(`kms:${operation}`, "key"),
    ),
    of(`does ${operation} and may not read`, [holder("x", onKey(operation))], []),
    of(
      `does ${operation} for another`,
      [holder("x", onKey(operation)), holder("y", getting)],
      byX(`kms:${operation}`, "key", y),
    ),
    of(`does ${operation} and reads already`, [holder("x", onKey(operation), getting, decryption)], []),
    of(
      `does ${operation} for the first of two others`,
      [holder("x", onKey(operation)), holder("y", getting), holder("z", getting)],
      byX(`kms:${operation}`, "key", y),
    ),
  ]),
];

const BILLINGS = { AWS: BILLING };
const others = `others of ${BILLING}`;
const putting = { Action: "secretsmanager:PutResourcePolicy" };
const OF_CLASSES: readonly Case[] = [
  {
    name: "of a trusted account that may decrypt",
    given: { secrets: [secret([reading(BILLINGS, putting)])], keys: openKey(decrypting(BILLINGS)) },
    found: [`${others}: secretsmanager:PutResourcePolicy on secret -> ${others}`],
  },
  {
    name: "of a trusted account that may decrypt, as another may",
    given: {
      secrets: [secret([reading(BILLINGS, putting)])],
      keys: openKey(decrypting(BILLINGS)),
      principals: [holder("y", decryption)],
    },
    found: [`${others}: secretsmanager:PutResourcePolicy on secret -> ${others}`],
  },
  {
    name: "of a trusted account that may not decrypt",
    given: { secrets: [secret([reading(BILLINGS, putting)])] },
    found: [],
  },
  {
    name: "of a trusted account, for a principal",
    given: { secrets: [secret([reading(BILLINGS, putting)])], principals: [holder("y", decryption)] },
    found: [`${others}: secretsmanager:PutResourcePolicy on secret -> ${y}`],
  },
  {
    name: "that is a principal of another account whose boundary keeps it from reading",
    given: {
      principals: [
        role("x", {
          identity: [attached("p", allow({ Action: ["secretsmanager:PutResourcePolicy", "kms:*"] }))],
          boundary: attached("boundary", allow({ NotAction: "secretsmanager:GetSecretValue" })),
        }),
      ],
      secrets: [secret([reading({ AWS: role("x").arn }, putting)])],
      keys: openKey(decrypting({ AWS: role("x").arn })),
    },
    found: [],
  },
  {
    name: "that reads already",
    given: {
      secrets: [secret([reading(BILLINGS, { Action: "secretsmanager:*" })])],
      keys: openKey(decrypting(BILLINGS)),
    },
    found: [],
  },
];

for (const [title, cases] of [
  ["somebody who changes what the secret allows", OF_SECRETS],
  ["somebody who changes what the key allows", OF_KEYS],
  ["somebody elsewhere", OF_CLASSES],
] as const) {
  describe(title, () => {
    for (const { name, given, found } of cases) it(name, () => assert.deepEqual(changes(given), found));
  });
}

describe("several who change policies", () => {
  it("are found each with its own gain, or the same other", () => {
    const principals = [
      holder("x", onSecret("PutResourcePolicy"), onKey("PutKeyPolicy"), decryption),
      holder("w", onSecret("PutResourcePolicy")),
    ];
    assert.deepEqual(changes({ principals }), [
      ...byX("secretsmanager:PutResourcePolicy", "secret"),
      `${SECRETS}:role/w: secretsmanager:PutResourcePolicy on secret -> ${x}`,
    ]);
  });
});
