import { strict as assert } from "assert";
import { scan, scanned } from "../../../policies/credential/scanner";

/** What was found is remembered for each text: every test needs texts of its own. */
let count = 0;
const ownHook = (): string => {
  const channel = `B${String((count += 1)).padStart(8, "0")}`;
  return `https://hooks.slack.com/services/T1ABCDEFG/${channel}/a1B2c3D4e5F6g7H8i9J0k1L2`;
};
const ownWord = (): string => `q7Zp2Xv9Lk4Tn8Wb${(count += 1)}`;

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const slack = "a credential that secretlint knows (slack)";

describe("the scan for tokens", () => {
  it("finds the token of each text", async () => {
    const [first, second] = [ownHook(), ownHook()];
    const texts = [first, `${ownWord()} and no token`, `see ${second} for it`, ownWord()];
    assert.deepEqual(texts.map(scanned), [undefined, undefined, undefined, undefined]);
    await scan(texts);
    assert.deepEqual(texts.map(scanned), [slack, undefined, slack, undefined]);
  });

  it("keeps the texts apart", async () => {
    const texts = [ownWord(), ownWord(), ownHook(), ownWord()];
    await scan(texts);
    assert.deepEqual(texts.map(scanned), [undefined, undefined, slack, undefined]);
  });

  it("finds no token across two texts", async () => {
    const hook = ownHook();
    const texts = [hook.slice(0, 40), `${hook.slice(40)} ${ownWord()}`];
    await scan(texts);
    assert.deepEqual(texts.map(scanned), [undefined, undefined]);
  });

  it("looks into base64", async () => {
    const text = base64(`x ${ownHook()} y`);
    await scan([text]);
    assert.equal(scanned(text), slack);
  });

  it("looks into the members of JSON", async () => {
    const hook = ownHook();
    const text = JSON.stringify({ a: ["x", hook], b: ownWord() });
    await scan([text]);
    assert.deepEqual([scanned(text), scanned(hook)], [slack, slack]);
  });

  it("has nothing to do for a text that it has seen", async () => {
    const [hook, word] = [ownHook(), ownWord()];
    await scan([hook, word]);
    assert.equal(scan([word, hook]), undefined);
  });

  const worthALook: readonly (readonly [string, () => string])[] = [
    ["a random word", ownWord],
    ["a random word in a sentence", () => `the value is ${ownWord()}`],
    ["a random word in a list", () => `[a,"${ownWord()}";b]`],
    ["a random word behind a sign", () => `key=${ownWord()}`],
    ["a private key", () => `-----BEGIN X ${(count += 1)}`],
    ["a URL with a login", () => `a://u${(count += 1)}:p@h`],
  ];
  for (const [name, text] of worthALook) {
    it(`is started for ${name}`, async () => {
      const started = scan([text()]);
      assert.ok(started instanceof Promise);
      await started;
    });
  }

  const notWorthALook: readonly (readonly [string, string])[] = [
    ["nothing", ""],
    ["words", "a longer text of plain words"],
    ["an ARN", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a1b2c3d4e5f6"],
    ["a URL without a login", "https://example.com/a"],
    ["a mark of an address behind a path", "https://example.com/a@b"],
    ["the start of a key's first line", "-----BEGIN"],
  ];
  for (const [name, text] of notWorthALook) {
    it(`is not started for ${name}`, () => assert.equal(scan([text]), undefined));
  }
  it("is not started for no text", () => assert.equal(scan([]), undefined));
});
