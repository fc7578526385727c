import { strict as assert } from "assert";
import { randomPassword } from "../../../../local/cloud/secrets-manager/random-password";

const TYPES = { lower: /[a-z]/, upper: /[A-Z]/, digit: /[0-9]/, punctuation: /[!-/:-@[-`{-~]/, space: / / };

const found = (password: string) =>
  Object.entries(TYPES).flatMap(([name, pattern]) => (pattern.test(password) ? [name] : []));

describe("GetRandomPassword", () => {
  const cases = [
    { name: "by default", input: {}, length: 32, types: ["lower", "upper", "digit", "punctuation"] },
    {
      name: "of four characters",
      input: { PasswordLength: 4 },
      length: 4,
      types: ["lower", "upper", "digit", "punctuation"],
    },
    {
      name: "without numbers",
      input: { ExcludeNumbers: true },
      length: 32,
      types: ["lower", "upper", "punctuation"],
    },
    {
      name: "without punctuation",
      input: { ExcludePunctuation: true },
      length: 32,
      types: ["lower", "upper", "digit"],
    },
    {
      name: "without upper case",
      input: { ExcludeUppercase: true },
      length: 32,
      types: ["lower", "digit", "punctuation"],
    },
    {
      name: "without lower case",
      input: { ExcludeLowercase: true },
      length: 32,
      types: ["upper", "digit", "punctuation"],
    },
    {
      name: "with a space",
      input: { IncludeSpace: true },
      length: 32,
      types: ["lower", "upper", "digit", "punctuation", "space"],
    },
    {
      name: "of one type",
      input: {
        ExcludeLowercase: true,
        ExcludeUppercase: true,
        ExcludePunctuation: true,
        PasswordLength: 100,
      },
      length: 100,
      types: ["digit"],
    },
  ];

  for (const { name, input, length, types } of cases) {
    it(`${name} has its length and each included type, every time`, () => {
      for (let run = 0; run < 50; run++) {
        const password = randomPassword(input);
        assert.deepEqual([password.length, found(password)], [length, types]);
      }
    });
  }

  it("leaves out what is excluded", () => {
    const password = randomPassword({ PasswordLength: 4096, ExcludeCharacters: "abcXYZ019\"'@/\\" });
    assert.doesNotMatch(password, /[abcXYZ019"'@/\\]/);
  });

  const impossible = [
    {
      name: "everything excluded",
      input: {
        ExcludeLowercase: true,
        ExcludeUppercase: true,
        ExcludeNumbers: true,
        ExcludePunctuation: true,
      },
    },
    { name: "an included type excluded by its characters", input: { ExcludeCharacters: "0123456789" } },
    { name: "shorter than the number of types", input: { PasswordLength: 3 } },
  ];

  for (const { name, input } of impossible) {
    it(`is refused with ${name}`, () => {
      assert.throws(() => randomPassword(input), { code: "InvalidParameterException" });
    });
  }

  it("need not have each type when that is turned off", () => {
    const passwords = Array.from({ length: 200 }, () =>
      randomPassword({ PasswordLength: 4, RequireEachIncludedType: false }),
    );
    assert.ok(passwords.some((password) => found(password).length < 4));
  });
});
