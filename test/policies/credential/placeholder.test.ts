import { strict as assert } from "assert";
import { isPlaceholder } from "../../../policies/credential/placeholder";

const placeholders = [
  ...[
    "",
    "  ",
    "{}",
    "[]",
    "changeme",
    "CHANGE_ME",
    "change-me please",
    "placeholder",
    "place_holder_1",
    "TODO",
  ],
  ...[
    "todo: fill in",
    "TBD",
    "dummy",
    "example",
    "replace me",
    "to be replaced",
    "set manually",
    "none",
    "null",
  ],
  ...["secret", "password", "test", "xxxx", "...", "****", "---", "<password>", "${PASSWORD}", " changeme "],
  ...[
    '{"username":"app","password":"changeme"}',
    '{"password":""}',
    '{"apiKey":"<key>"}',
    '{"password":" changeme "}',
    '{"client_secret":"TBD"}',
  ],
  ...['{"token":"xxx","host":"db"}', '{"DB_PASSWORD":"dummy"}', '{"passwd":"test"}', '{"passphrase":"todo"}'],
];
const values = [
  ...[
    "correct horse battery staple",
    "mF2s9/Qx",
    "test-1f9a",
    "my password is long",
    "exchangeme",
    "changement",
  ],
  ...[
    '{"username":"test","password":"mF2s9Qx"}',
    '{"host":"example","port":1}',
    '{"password":12345}',
    "{oops",
  ],
  ...[
    '["changeme"]',
    '"changeme"',
    "-----BEGIN PRIVATE KEY-----",
    "{}{}",
    "setup",
    "replaced by hand, twice",
  ],
];

describe("placeholders", () => {
  for (const text of placeholders)
    it(`${JSON.stringify(text)} is one`, () => assert.equal(isPlaceholder(text), true));
  for (const text of values)
    it(`${JSON.stringify(text)} is none`, () => assert.equal(isPlaceholder(text), false));
});
