import { strict as assert } from "assert";
import { credentialsIn } from "../../../policies/credential/judgement";
import { scan, scanned } from "../../../policies/credential/scanner";

const byName = "has the name of a credential, and its value lies open";
const byKey = "has the name of a key, and its random value lies open";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const json = JSON.stringify;

interface Case {
  readonly case: string;
  readonly name: string;
  readonly text: string;
  readonly found: readonly (readonly [string, string])[];
}

const cases: readonly Case[] = [
  { case: "a plain value", name: "host", text: "db.internal", found: [] },
  { case: "a credential by name", name: "password", text: "hunter2", found: [["", byName]] },
  { case: "a reference under that name", name: "password", text: "arn:aws:x:y", found: [] },
  { case: "a random value under a weak name", name: "key", text: "q7Zp2Xv9Lk4Tn8Wb", found: [["", byKey]] },
  { case: "a plain value under a weak name", name: "key", text: "created", found: [] },
  { case: "a random value under another name", name: "build", text: "q7Zp2Xv9Lk4Tn8Wb", found: [] },
  {
    case: "the form comes before the name",
    name: "password",
    text: "https://u:abc@h",
    found: [["", "contains a URL with a password"]],
  },
  { case: "the name of a secret", name: "DB_SECRET", text: "orders/database", found: [] },
  { case: "the name of a credential", name: "credentials", text: "orders/database.v1", found: [] },
  { case: "one part only is no name of a secret", name: "DB_SECRET", text: "orders", found: [["", byName]] },
  { case: "a random one is none", name: "DB_SECRET", text: "q7Zp2Xv9/Lk4Tn8Wb", found: [["", byName]] },
  {
    case: "a password that looks like one",
    name: "password",
    text: "orders/database",
    found: [["", byName]],
  },
  {
    case: "an object",
    name: "x",
    text: json({ a: 1, password: "hunter2", deep: { token: "abc" } }),
    found: [
      ["password", byName],
      ["token", byName],
    ],
  },
  { case: "an object under the name of a credential", name: "secret", text: json({ host: "db" }), found: [] },
  { case: "a list", name: "x", text: json([{ password: "hunter2" }, "y"]), found: [["password", byName]] },
  { case: "an empty object", name: "secret", text: "{}", found: [["", byName]] },
  { case: "no JSON after all", name: "secret", text: "{x", found: [["", byName]] },
  {
    case: "JSON in JSON",
    name: "x",
    text: json({ a: json({ password: "hunter2" }) }),
    found: [["password", byName]],
  },
  {
    case: "variables of containers",
    name: "x",
    text: json([{ name: "DB_PASSWORD", value: "hunter2" }]),
    found: [["DB_PASSWORD", byName]],
  },
  {
    case: "variables by key",
    name: "x",
    text: json([{ key: "DB_PASSWORD", value: "hunter2" }]),
    found: [["DB_PASSWORD", byName]],
  },
  { case: "a name without a value", name: "x", text: json({ name: "password", other: "y" }), found: [] },
  { case: "base64", name: "x", text: base64(json({ password: "hunter2" })), found: [["password", byName]] },
  { case: "base64 without anything", name: "x", text: base64("nothing to see"), found: [] },
  {
    case: "base64 deeper than is looked",
    name: "x",
    text: base64(base64(base64(base64(base64("https://u:abc@h"))))),
    found: [],
  },
  {
    case: "base64 as deep as is looked",
    name: "x",
    text: base64(base64(base64(base64("https://u:abc@h")))),
    found: [["", "contains a URL with a password"]],
  },
];

/** JSON in JSON, so many times. */
const nested = (times: number): string =>
  times === 0 ? json({ password: "hunter2" }) : json({ a: nested(times - 1) });

describe("credentialsIn", () => {
  it("looks into JSON in JSON four times", () => {
    const depths = [0, 1, 2, 3, 4, 5].map((times) => credentialsIn({ name: "x", text: nested(times) }));
    const found = [{ member: "password", why: byName }];
    assert.deepEqual(depths, [found, found, found, found, [], []]);
  });

  for (const { case: title, name, text, found } of cases) {
    it(title, () =>
      assert.deepEqual(
        credentialsIn({ name, text }).map(({ member, why }) => [member, why]),
        found,
      ),
    );
  }
});

describe("the scanner", () => {
  const hook = "https://hooks.slack.com/services/" + "T1ABCDEFG/B0ABCDEFG/a1B2c3D4e5F6g7H8i9J0k1L2";
  const github = "ghp_" + "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx";
  const slackFound = "a credential that secretlint knows (slack)";

  it("has nothing to do for texts that hold no token", () => {
    const texts = [
      "",
      "debug",
      "a longer text of plain words",
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a1b2c3d4",
    ];
    assert.equal(scan(texts), undefined);
    assert.equal(scanned("debug"), undefined);
  });

  it("finds each text's own token, in one go", async () => {
    const plain = "q7Zp2Xv9Lk4Tn8Wb";
    const texts = [hook, plain, github, base64(`x ${hook} y`), json({ a: `${hook}?x` })];
    await scan(texts);
    assert.deepEqual(texts.map(scanned), [
      slackFound,
      undefined,
      "a credential that secretlint knows (github)",
      slackFound,
      slackFound,
    ]);
    assert.equal(scanned(`${hook}?x`), slackFound);
  });

  it("does not look twice", async () => {
    await scan([hook]);
    assert.equal(scan([hook, hook]), undefined);
  });

  it("has its findings named in the judgement", () => {
    assert.deepEqual(credentialsIn({ name: "x", text: hook }), [
      { member: "", why: `contains ${slackFound}` },
    ]);
  });
});
