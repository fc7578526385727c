import { strict as assert } from "assert";
import { Diffed, ProviderSession, startSession } from "./provider-session";
import { UNKNOWN, archiveOf } from "./wire-values";

const SECRET = "aws:secretsmanager/secret:Secret";
const POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy";
const FUNCTION = "aws:lambda/function:Function";

const NONE: Diffed = { changes: false, replaces: [], detailed: {}, deleteBeforeReplace: false };
const [ADD, DELETE, UPDATE, UPDATE_REPLACE] = [0, 2, 4, 5];

interface Case {
  readonly name: string;
  readonly token: string;
  readonly olds: Record<string, unknown>;
  readonly news: Record<string, unknown>;
  readonly expected: Diffed;
}

const statement = {
  Effect: "Allow",
  Action: ["a:B", "a:C"],
  Principal: { AWS: "111111111111" },
  Resource: "*",
};
const reordered = {
  Resource: ["*"],
  Principal: { AWS: ["arn:aws:iam::111111111111:root"] },
  Action: ["a:C", "a:B"],
  Effect: "Allow",
};
const policy = (content: object): string => JSON.stringify({ Version: "2012-10-17", Statement: content });

const cases: readonly Case[] = [
  {
    name: "nothing",
    token: SECRET,
    olds: { name: "a", tags: { x: "1" } },
    news: { tags: { x: "1" }, name: "a", __defaults: [] },
    expected: NONE,
  },
  {
    name: "a policy in another order",
    token: POLICY,
    olds: { secretArn: "arn", policy: policy([statement]) },
    news: { secretArn: "arn", policy: policy(reordered) },
    expected: NONE,
  },
  {
    name: "a policy with another action",
    token: POLICY,
    olds: { secretArn: "arn", policy: policy([statement]) },
    news: { secretArn: "arn", policy: policy([{ ...statement, Action: "a:B" }]) },
    expected: { ...NONE, changes: true, detailed: { policy: UPDATE } },
  },
  {
    name: "a policy with another order of statements",
    token: POLICY,
    olds: { secretArn: "arn", policy: policy([statement, { ...statement, Effect: "Deny" }]) },
    news: { secretArn: "arn", policy: policy([{ ...statement, Effect: "Deny" }, statement]) },
    expected: { ...NONE, changes: true, detailed: { policy: UPDATE } },
  },
  {
    name: "replicas in another order",
    token: SECRET,
    olds: { replicas: [{ region: "eu-central-1", kmsKeyId: "k" }, { region: "us-east-1" }] },
    news: { replicas: [{ region: "us-east-1" }, { region: "eu-central-1", kmsKeyId: "k" }] },
    expected: NONE,
  },
  {
    name: "a replica with another key",
    token: SECRET,
    olds: { replicas: [{ region: "eu-central-1", kmsKeyId: "k" }] },
    news: { replicas: [{ region: "eu-central-1", kmsKeyId: "l" }] },
    expected: { ...NONE, changes: true, detailed: { replicas: UPDATE } },
  },
  {
    name: "tags",
    token: SECRET,
    olds: { tags: { gone: "1", changed: "1", "a.b": "1" } },
    news: { tags: { changed: "2", added: "1", "a.b": "2" } },
    expected: {
      ...NONE,
      changes: true,
      detailed: { "tags.gone": DELETE, "tags.changed": UPDATE, 'tags["a.b"]': UPDATE, "tags.added": ADD },
    },
  },
  {
    name: "a name that the program gave",
    token: SECRET,
    olds: { name: "a" },
    news: { name: "b", __defaults: [] },
    expected: { ...NONE, changes: true, replaces: ["name"], detailed: { name: UPDATE_REPLACE } },
  },
  {
    name: "a replacement under the same given name: the old one goes first",
    token: SECRET,
    olds: { name: "a", type: "x" },
    news: { name: "a", type: "y", __defaults: [] },
    expected: {
      changes: true,
      replaces: ["type"],
      detailed: { type: UPDATE_REPLACE },
      deleteBeforeReplace: true,
    },
  },
  {
    name: "a replacement under a made-up name: the new one comes first",
    token: SECRET,
    olds: { name: "a-0123456", type: "x" },
    news: { name: "a-0123456", type: "y", __defaults: ["name"] },
    expected: { ...NONE, changes: true, replaces: ["type"], detailed: { type: UPDATE_REPLACE } },
  },
  {
    name: "an ARN that is not known yet",
    token: POLICY,
    olds: { secretArn: "arn", policy: "{}" },
    news: { secretArn: UNKNOWN, policy: "{}" },
    expected: { ...NONE, changes: true, replaces: ["secretArn"], detailed: { secretArn: UPDATE_REPLACE } },
  },
  {
    name: "a policy that AWS chose and the program leaves out",
    token: "aws:kms/key:Key",
    olds: { policy: "{}" },
    news: {},
    expected: NONE,
  },
  {
    name: "a description that the program no longer gives",
    token: SECRET,
    olds: { description: "x" },
    news: {},
    expected: { ...NONE, changes: true, detailed: { description: DELETE } },
  },
  {
    name: "code with the same hash",
    token: FUNCTION,
    olds: { code: archiveOf({ path: "a" }, "1") },
    news: { code: archiveOf({ path: "b" }, "1") },
    expected: NONE,
  },
  {
    name: "code with another hash",
    token: FUNCTION,
    olds: { code: archiveOf({ path: "a" }, "1") },
    news: { code: archiveOf({ path: "a" }, "2") },
    expected: { ...NONE, changes: true, detailed: { code: UPDATE } },
  },
  {
    name: "a permission: every change makes a new one",
    token: "aws:lambda/permission:Permission",
    olds: { statementId: "s-0123456", sourceAccount: "111111111111" },
    news: { statementId: "s-0123456", sourceAccount: "222222222222", __defaults: ["statementId"] },
    expected: {
      ...NONE,
      changes: true,
      replaces: ["sourceAccount"],
      detailed: { sourceAccount: UPDATE_REPLACE },
    },
  },
  {
    name: "a key by its id and by its ARN",
    token: "aws:kms/alias:Alias",
    olds: { name: "alias/a", targetKeyId: "mrk-1" },
    news: { name: "alias/a", targetKeyId: "arn:aws:kms:eu-west-1:111111111111:key/mrk-1" },
    expected: NONE,
  },
];

describe("Diff", () => {
  let session: ProviderSession;

  before(async () => {
    session = await startSession({});
  });
  after(() => session.stop());

  for (const { name, token, olds, news, expected } of cases) {
    it(name, async () => {
      assert.deepEqual(await session.diff(token, olds, news), expected);
    });
  }
});
