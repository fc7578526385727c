import { strict as assert } from "assert";
import { credentialForm, entropyOf, isRandom, mayHaveForm } from "../../../policies/credential/form";

const accessKey = "AKIA" + "QYLPMN5HFIQR7XYA";
const awsSecret = "kT9vQ2xLr7Wm4Zp8Yc1N" + "b6Hs3Jd5Gf0AeUiOtRwE";
const jwt = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmNHl0w5N";

const forms: readonly (readonly [string, string | undefined])[] = [
  [accessKey, "an access key id of AWS"],
  [accessKey.replace("AKIA", "ASIA"), "an access key id of AWS"],
  [`id=${accessKey};`, "an access key id of AWS"],
  [`X${accessKey}`, undefined],
  [`${accessKey}X`, undefined],
  [accessKey.slice(0, -1), undefined],
  [accessKey.replace("AKIA", "AROA"), undefined],
  ["-----BEGIN " + "PRIVATE KEY-----", "a private key"],
  ["x\n-----BEGIN RSA " + "PRIVATE KEY-----\n", "a private key"],
  ["-----BEGIN OPENSSH " + "PRIVATE KEY-----", "a private key"],
  ["-----BEGIN PGP " + "PRIVATE KEY BLOCK-----", "a private key"],
  ["-----BEGIN " + "CERTIFICATE-----", undefined],
  ["-----BEGIN " + "PUBLIC KEY-----", undefined],
  [jwt, "a JSON Web Token"],
  [`Bearer ${jwt}`, "a JSON Web Token"],
  [`x${jwt}`, undefined],
  [jwt.split(".").slice(0, 2).join("."), undefined],
  ["postgres://orders:hunter2@db/orders", "a URL with a password"],
  ["https://:abc@host", "a URL with a password"],
  ["see redis://u:abc@h", "a URL with a password"],
  ["https://orders@db", undefined],
  ["https://host:443/x@y", undefined],
  ["https://u:ab@h", undefined],
  ["https://u:${PASSWORD}@h", undefined],
  ["https://db/orders", undefined],
  ["Server=db;Password=hunter2;", "a connection string with a password"],
  ["Server=db; Pwd = abc", "a connection string with a password"],
  ["password=abc;x=y", "a connection string with a password"],
  ["Server=db;Password=ab;", undefined],
  ["Server=db;Password=${X};", undefined],
  ["Server=db;Password=$SECRET;", undefined],
  ["Server=db;NoPassword=hunter2;", undefined],
  ["sk_live_" + "a1b2c3d4e5f6g7h8", "a live key of Stripe"],
  ["rk_live_" + "a1b2c3d4e5f6g7h8", "a live key of Stripe"],
  ["sk_test_" + "a1b2c3d4e5f6g7h8", undefined],
  ["sk_live_" + "a1b2c3d4", undefined],
  ["xsk_live_" + "a1b2c3d4e5f6g7h8", undefined],
  [awsSecret, "a secret access key of AWS"],
  [`secret: ${awsSecret}, region`, "a secret access key of AWS"],
  [`${awsSecret}A`, undefined],
  [`A${awsSecret}`, undefined],
  [`${awsSecret}=`, undefined],
  ["da39a3ee5e6b4b0d3255bfef95601890afd80709", undefined],
  ["DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", undefined],
  ["Aa1".repeat(13) + "A", undefined],
  ["kTvQxLrWmZpYcNbHsJdGfAeUiOtRwEkTvQxLrWmZ", undefined],
  ["q7zp2xv9lk4tn8wb3m5r1c6y0hjdgfasiueoq7zp", undefined],
  ["q7zp2xv9lk4tn8wb3m5r1c6y0hjdgfasiueoq7zp".toUpperCase(), undefined],
  ["just words", undefined],
  ["", undefined],
];

/** The last has exactly the entropy that is asked for. */
const randomTexts = ["q7Zp2Xv9Lk4Tn8Wb", "a1b2c3d4e5f6g7h8", " q7Zp2Xv9Lk4Tn8Wb ", "abcdefgh11223344"];
const plainTexts = [
  "q7Zp2Xv9Lk4Tn8W",
  "q7Zp2Xv9 Lk4Tn8Wb",
  "1234567890123456",
  "abcdefghijklmnop",
  "a1a1a1a1a1a1a1a1",
  "1234567890-_+*/%",
  "",
];

describe("the form of a credential", () => {
  for (const [text, form] of forms) {
    it(`${text || "(empty)"}: ${form ?? "none"}`, () => assert.equal(credentialForm(text), form));
  }
  for (const text of randomTexts) it(`${text} is random`, () => assert.equal(isRandom(text), true));
  for (const text of plainTexts)
    it(`${text || "(empty)"} is not random`, () => assert.equal(isRandom(text), false));

  const worthALook = forms.flatMap(([text, form]) => (form === undefined || text.length < 16 ? [] : [text]));
  for (const text of worthALook) it(`${text} is worth a look`, () => assert.equal(mayHaveForm(text), true));
  for (const text of ["pwd=abc", "password  = a", "a://b", "-----BEGIN X"])
    it(`${text} is worth a look for all its shortness`, () => assert.equal(mayHaveForm(text), true));
  for (const text of [
    "",
    "orders",
    "Login of the service number 12",
    "team-orders@example.com",
    "-----BEGIN",
  ]) {
    it(`${text || "(empty)"} is not worth a look`, () => assert.equal(mayHaveForm(text), false));
  }

  it("has the entropy of its characters", () => {
    assert.equal(entropyOf(""), 0);
    assert.equal(entropyOf("aaaa"), 0);
    assert.equal(entropyOf("abab"), 1);
    assert.equal(entropyOf("abcd"), 2);
  });
});
