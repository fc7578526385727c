import { strict as assert } from "assert";
import { buildGraph } from "../../../policies/stack/graph";
import { anyOrganization } from "../../../policies/organization";
import { Resource } from "../../../policies/stack/resource";
import { escalationsIn, whoText } from "../../../policies/world";
import { allow, role, rolePolicy } from "../support/identity";
import { policy, resource } from "../support/stack";

const arnOf = (rest: string) => `arn:aws:iam::111111111111:${rest}`;
const readerArn = arnOf("role/reader");
const functionArn = "arn:aws:lambda:eu-west-1:111111111111:function:rotate";
const reading = allow(["secretsmanager:GetSecretValue", "kms:Decrypt"]);
const changing = allow("lambda:UpdateFunctionCode", functionArn);

const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-a1b2c3`;
const secret = (name: string, tags: object = {}) =>
  resource("secret", name, { props: { name, arn: secretArn(name), tags } });
const reader = () => [
  role("reader", { arn: readerArn }),
  rolePolicy("reading", "reader", policy(reading)),
  resource("function", "rotate", { props: { name: "rotate", arn: functionArn, role: readerArn } }),
];
const worker = (...statements: readonly object[]) => [
  role("worker", { arn: arnOf("role/worker") }),
  rolePolicy("rights", "worker", policy(...statements)),
];
const byToken = {
  Effect: "Allow",
  Principal: { Federated: arnOf("oidc-provider/token.actions.githubusercontent.com") },
  Action: "sts:AssumeRoleWithWebIdentity",
};
const trusting = (name: string, ...trusted: readonly string[]) =>
  role(name, {
    arn: arnOf(`role/${name}`),
    assumeRolePolicy: policy({ Effect: "Allow", Principal: { AWS: trusted }, Action: "sts:AssumeRole" }),
  });

/** `who, to which secret, over what`. */
const found = (stack: readonly Resource[]) =>
  escalationsIn(buildGraph(stack), anyOrganization).map(
    ({ principal, secret: { secret: to }, access }) =>
      `${principal.name} to ${to.name} as ${whoText(access.reader)}: ` +
      access.path.map(({ by }) => by).join(", "),
  );

const reads = (who: string, what: string) => `${who} to ${what} as role reader of 111111111111: `;
const update = `lambda:UpdateFunctionCode on ${functionArn}`;
const declares = { "strongroom:readers": "111111111111:role/reader" };

const cases: readonly (readonly [string, () => readonly Resource[], readonly string[]])[] = [
  ["are none without secrets", () => [...reader(), ...worker(changing)], []],
  ["are none where nobody can change a thing", () => [secret("orders"), ...reader()], []],
  [
    "are roles that change the code of a reader's function",
    () => [secret("orders"), ...reader(), ...worker(changing)],
    [`${reads("worker", "orders")}${update}`],
  ],
  [
    "are users as well",
    () => [
      secret("orders"),
      ...reader(),
      resource("user", "ada", { props: { name: "ada" } }),
      resource("userPolicy", "rights", { props: { user: "ada", policy: policy(changing) } }),
    ],
    [`${reads("ada", "orders")}${update}`],
  ],
  [
    "come to each secret",
    () => [secret("orders"), secret("more"), ...reader(), ...worker(changing)],
    [`${reads("worker", "orders")}${update}`, `${reads("worker", "more")}${update}`],
  ],
  [
    "are not told of secrets that declare their readers, which another rule does",
    () => [secret("orders", declares), secret("more"), ...reader(), ...worker(changing)],
    [`${reads("worker", "more")}${update}`],
  ],
  [
    "are none when all secrets declare",
    () => [secret("orders", declares), ...reader(), ...worker(changing)],
    [],
  ],
  [
    "are not those who only assume roles that trust them",
    () => [
      secret("orders"),
      trusting("reader", arnOf("role/worker")),
      rolePolicy("reading", "reader", policy(reading)),
      ...worker(allow("sts:AssumeRole", readerArn)),
    ],
    [],
  ],
  [
    "are not those whom an identity provider vouches for, who are nobody of the stack",
    () => [
      secret("orders"),
      role("reader", { arn: readerArn, assumeRolePolicy: policy(byToken) }),
      rolePolicy("reading", "reader", policy(reading)),
    ],
    [],
  ],
  [
    "are those who do more than assume one",
    () => [
      secret("orders"),
      ...reader(),
      trusting("middle", arnOf("role/worker")),
      rolePolicy("changing", "middle", policy(changing)),
      ...worker(allow("sts:AssumeRole", arnOf("role/middle"))),
    ],
    [`${reads("middle", "orders")}${update}`, `${reads("worker", "orders")}sts:AssumeRole, ${update}`],
  ],
  [
    "are told of the stack's own, also beside principals nobody knows the account of",
    () => [
      secret("orders"),
      resource("role", "lost", { props: { name: "lost" }, account: null }),
      ...reader(),
      ...worker(changing),
    ],
    [`${reads("worker", "orders")}${update}`],
  ],
];

describe("escalations to the readers of secrets", () => {
  for (const [name, stack, expected] of cases) it(name, () => assert.deepEqual(found(stack()), expected));
});
