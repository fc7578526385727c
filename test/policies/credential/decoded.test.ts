import { strict as assert } from "assert";
import { gzipSync } from "zlib";
import { decoded } from "../../../policies/credential/decoded";

const base64 = (bytes: string | Buffer) => Buffer.from(bytes).toString("base64");
const script = "#!/bin/sh\nexport DB_PASSWORD=x\n";

describe("decoded", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["a plain text", script, script],
    ["base64", base64(script), script],
    ["base64 in lines", base64(script).replace(/(.{20})/g, "$1\n"), script],
    ["gzip in base64", base64(gzipSync(script)), script],
    ["base64 in base64, once", base64(base64(script)), base64(script)],
    ["a short text", "abcdabc", "abcdabc"],
    ["the shortest", base64("secret"), "secret"],
    ["a length that base64 does not have", `${base64(script)}A`, `${base64(script)}A`],
    ["a word whose bytes are no text", "passwordpassword", "passwordpassword"],
    ["bytes that control", base64("abc\u0000def"), base64("abc\u0000def")],
    [
      "broken gzip",
      base64(Buffer.from([0x1f, 0x8b, 1, 2, 3, 4])),
      base64(Buffer.from([0x1f, 0x8b, 1, 2, 3, 4])),
    ],
    [
      "gzip of too much",
      base64(gzipSync("a".repeat(1024 * 1024 + 1))),
      base64(gzipSync("a".repeat(1024 * 1024 + 1))),
    ],
    ["gzip of as much as is taken", base64(gzipSync("a".repeat(1024 * 1024))), "a".repeat(1024 * 1024)],
    ["an empty text", "", ""],
    ["a text that is too short for base64", "Zm9v", "Zm9v"],
    ["base64 without its padding", "Zm9vYmFyYg", "Zm9vYmFyYg"],
    ["a character that base64 does not have", "Zm9v!!!!", "Zm9v!!!!"],
    ["the first byte of gzip alone", base64("\u001fabcdef"), "\u001fabcdef"],
    ["the second byte of gzip alone", base64("\u008babcdef"), "\u008babcdef"],
    ["other characters", "c2VjcmV0-c2VjcmV0", "c2VjcmV0-c2VjcmV0"],
  ];
  for (const [name, text, result] of cases) it(name, () => assert.equal(decoded(text), result));
});
