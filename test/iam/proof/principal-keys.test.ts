import { strict as assert } from "assert";
import { Frame } from "../../../iam/proof/frame";
import { lastPart, principalArn, PrincipalFacts, principalKey } from "../../../iam/proof/principal-keys";
import { root, session, user } from "../worlds";
import { stateText } from "./state-text";

const frame = (action = "secretsmanager:GetSecretValue") => ({ action }) as Frame;
const facts = (given: Partial<PrincipalFacts> = {}): PrincipalFacts => ({
  principal: session(),
  sessionTags: false,
  sourceIdentity: false,
  ...given,
});

const ACCOUNT = "111111111111";
const PRINCIPALS = { session: session(), user: user(), root: root() };

describe("the keys of a caller who has an account", () => {
  const byKind: Readonly<Record<string, readonly [session: string, user: string, root: string]>> = {
    "aws:principalarn": [
      `arn:aws:iam::${ACCOUNT}:role/service/reader`,
      `arn:aws:iam::${ACCOUNT}:user/alice`,
      `arn:aws:iam::${ACCOUNT}:root`,
    ],
    "aws:principalaccount": [ACCOUNT, ACCOUNT, ACCOUNT],
    "aws:principalorgid": ["absent", "absent", "absent"],
    "aws:principalorgpaths": ["absent", "absent", "absent"],
    "aws:principaltype": ["AssumedRole", "User", "Account"],
    "aws:principalisawsservice": ["false", "false", "false"],
    "aws:principalservicename": ["absent", "absent", "absent"],
    "aws:principalservicenameslist": ["absent", "absent", "absent"],
    "aws:username": ["absent", "alice", "absent"],
    "aws:userid": ["any AROA?*:?* of key:aws:userid", "any AIDA?* of key:aws:userid", ACCOUNT],
    "aws:sourceidentity": ["absent", "absent", "absent"],
    "kms:calleraccount": ["absent", "absent", "absent"],
    "aws:principaltag/team": [
      "any ?* of key:aws:principaltag/team, or absent",
      "any ?* of key:aws:principaltag/team, or absent",
      "absent",
    ],
    "aws:sourceip": ["not its own", "not its own", "not its own"],
  };
  for (const [key, expected] of Object.entries(byKind)) {
    it(key, () =>
      assert.deepEqual(
        Object.values(PRINCIPALS).map((principal) =>
          stateText(principalKey(key, frame(), facts({ principal }))),
        ),
        expected,
      ),
    );
  }

  const cases: readonly {
    readonly name: string;
    readonly key: string;
    readonly action?: string;
    readonly given?: Partial<PrincipalFacts>;
    readonly state: string;
  }[] = [
    { name: "its account for KMS", key: "kms:calleraccount", action: "kms:Decrypt", state: ACCOUNT },
    {
      name: "its account for what is not KMS",
      key: "kms:calleraccount",
      action: "xkms:Decrypt",
      state: "absent",
    },
    { name: "its organisation", key: "aws:principalorgid", given: { organizationId: "o-a" }, state: "o-a" },
    {
      name: "its path",
      key: "aws:principalorgpaths",
      given: { organizationId: "o-a", organizationPaths: ["o-a/r/"] },
      state: "[o-a/r/]",
    },
    {
      name: "any path of the organisation",
      key: "aws:principalorgpaths",
      given: { organizationId: "o-a" },
      state: "any o-a/r-?*/* of aws:principalorgpaths, list of one".replace("of aws", "of key:aws"),
    },
    {
      name: "any source identity",
      key: "aws:sourceidentity",
      given: { sourceIdentity: true },
      state: "any ?* of key:aws:sourceidentity, or absent",
    },
    {
      name: "a tag",
      key: "aws:principaltag/team",
      given: { tags: new Map([["team", "orders"]]) },
      state: "orders",
    },
    { name: "no tag", key: "aws:principaltag/team", given: { tags: new Map() }, state: "absent" },
    {
      name: "a tag of the session over its own",
      key: "aws:principaltag/team",
      given: { tags: new Map([["team", "orders"]]), sessionTags: true },
      state: "any ?* of key:aws:principaltag/team",
    },
    {
      name: "a tag of the session only",
      key: "aws:principaltag/team",
      given: { tags: new Map(), sessionTags: true },
      state: "any ?* of key:aws:principaltag/team, or absent",
    },
    {
      name: "no tag of the root user",
      key: "aws:principaltag/team",
      given: { principal: root(), tags: new Map([["team", "x"]]), sessionTags: true },
      state: "absent",
    },
    {
      name: "the id of a session by its name",
      key: "aws:userid",
      given: { sessionName: "nightly" },
      state: "any AROA?*:nightly of key:aws:userid",
    },
  ];
  for (const { name, key, action, given, state } of cases) {
    it(name, () => assert.equal(stateText(principalKey(key, frame(action), facts(given))), state));
  }
});

describe("the ARN of a principal", () => {
  it("is of the user, the role or the account", () => {
    assert.deepEqual(Object.values(PRINCIPALS).map(principalArn), [
      `arn:aws:iam::${ACCOUNT}:role/service/reader`,
      `arn:aws:iam::${ACCOUNT}:user/alice`,
      `arn:aws:iam::${ACCOUNT}:root`,
    ]);
  });

  it("ends with its name", () => {
    assert.deepEqual([lastPart("a:role/b/c"), lastPart("a")], ["c", "a"]);
  });
});
