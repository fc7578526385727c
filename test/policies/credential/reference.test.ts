import { strict as assert } from "assert";
import { isReference } from "../../../policies/credential/reference";

const references = [
  ...["", "  ", "arn:aws:secretsmanager:eu-west-1:1:secret:x", "arn:aws-cn:kms:cn-north-1:1:key/k"],
  ...[
    "{{resolve:secretsmanager:orders:SecretString:password}}",
    "${DB_PASSWORD}",
    "${env:TOKEN}",
    "$DB_PASSWORD",
  ],
  ...[
    "$(aws ssm get-parameter)",
    "`cat /run/secret`",
    "true",
    "FALSE",
    "null",
    "none",
    "undefined",
    "yes",
    "no",
    "on",
  ],
  ...[
    "off",
    "0",
    "-1",
    "3600",
    "1234567",
    "1.5",
    "/run/secrets/password",
    "/orders/db-password",
    "<password>",
    "***",
  ],
  ...["xxx", "XXXX", "...", "tbd", "TODO", "n/a", "redacted", "placeholder", " arn:aws:s3:::b "],
];
const values = [
  ...[
    "arn",
    "xarn:aws:s3:::b",
    "arn:aws",
    "password",
    "changeme",
    "hunter2",
    "12345678",
    "$ecret",
    "$Passw0rd",
  ],
  ...[
    "{{resolve:}}",
    "x{{resolve:secretsmanager:a}}",
    "{{resolve:a}}x",
    "${A}x",
    "x${A}",
    "$A b",
    "trueish",
    "untrue",
  ],
  ...[
    "1234567x",
    "1.",
    "/with space",
    "x/run/secrets",
    "<a>x",
    "x<a>",
    "<<a>>",
    "*x",
    "xx",
    "x...",
    "tbd2",
    "xxxy",
    "/run!",
  ],
];

describe("isReference", () => {
  for (const text of references) it(`${text || "(empty)"}: yes`, () => assert.equal(isReference(text), true));
  for (const text of values) it(`${text}: no`, () => assert.equal(isReference(text), false));
});
