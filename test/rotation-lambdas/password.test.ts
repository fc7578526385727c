import { strict as assert } from "assert";
import { defaultExcludedCharacters, generatePassword } from "../../rotation-lambdas/password";

const many = (settings?: Parameters<typeof generatePassword>[0]) =>
  Array.from({ length: 300 }, () => generatePassword(settings));

describe("a generated password", () => {
  it("has 32 characters of four classes, and none of those that break URLs and .pgpass", () => {
    for (const password of many()) {
      assert.match(password, /^[\x21-\x7e]{32}$/);
      assert.deepEqual(
        [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].map((kind) => kind.test(password)),
        Array(4).fill(true),
      );
      assert.deepEqual(
        [...password].filter((char) => defaultExcludedCharacters.includes(char)),
        [],
      );
    }
  });

  it("has the length and the exclusions of the settings", () => {
    const punctuation = [..."!#$%&()*+,-.;<=>?[]^_`{|}~/@\"'\\:"].join("");
    for (const password of many({ length: 40, excludeCharacters: punctuation })) {
      assert.match(password, /^[a-zA-Z0-9]{40}$/);
    }
  });

  it("differs each time and uses every position for every class", () => {
    const passwords = many();
    assert.equal(new Set(passwords).size, passwords.length);
    assert.ok(new Set(passwords.map((password) => /[a-z]/.test(password[0]!))).size === 2);
  });

  it("is refused when too few characters are left", () => {
    const excludeCharacters = [...Array(95).keys()]
      .map((code) => String.fromCharCode(32 + code))
      .join("")
      .slice(0, 88);
    assert.throws(() => generatePassword({ excludeCharacters }), { code: "policy-refused" });
  });
});
