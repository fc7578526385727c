import { strict as assert } from "assert";
import { decide, PolicyKind, PolicyWorld } from "../../iam";
import { allow, attached, deny, OTHER_ACCOUNT, read, session, user, world } from "./worlds";

const everything = attached("everything", allow());
const denying = attached("denying", allow(), deny({ Sid: "No", Action: "secretsmanager:Get*" }));

const allowing: PolicyWorld = world({
  identity: [everything],
  boundary: everything,
  session: [everything],
  resource: attached("resource", allow({ Principal: "*" })),
  endpoint: attached("endpoint", allow({ Principal: "*" })),
  scps: [[everything], [everything]],
  rcps: [[everything], [everything]],
});

const places: readonly { policyKind: PolicyKind; given: Partial<PolicyWorld> }[] = [
  { policyKind: "identity", given: { identity: [everything, denying] } },
  { policyKind: "boundary", given: { boundary: denying } },
  { policyKind: "session", given: { session: [everything, denying] } },
  { policyKind: "resource", given: { resource: denying } },
  { policyKind: "endpoint", given: { endpoint: denying } },
  { policyKind: "scp", given: { scps: [[everything], [everything, denying]] } },
  { policyKind: "rcp", given: { rcps: [[everything, denying], [everything]] } },
];

const callers = { user: user(), session: session(), "session of another account": session(OTHER_ACCOUNT) };

describe("an explicit deny", () => {
  for (const [name, principal] of Object.entries(callers)) {
    it(`is all that stands against the ${name}`, () => {
      assert.equal(decide(read(principal), allowing).allowed, true);
    });

    for (const { policyKind, given } of places) {
      it(`of kind ${policyKind} wins over every allow for the ${name}`, () => {
        assert.deepEqual(decide(read(principal), { ...allowing, ...given }), {
          allowed: false,
          because: {
            kind: "explicit-deny",
            policyKind,
            statement: { source: "denying", index: 1, sid: "No" },
          },
        });
      });
    }
  }

  it("of another action denies nothing", () => {
    const identity = [everything, attached("denying", deny({ Action: "secretsmanager:PutSecretValue" }))];
    assert.equal(decide(read(user()), { ...allowing, identity }).allowed, true);
  });

  it("wins in a policy that names the account", () => {
    const resource = attached(
      "resource",
      allow({ Principal: { AWS: user().arn } }),
      deny({ Principal: { AWS: user().accountId } }),
    );
    assert.deepEqual(decide(read(user()), world({ resource })), {
      allowed: false,
      because: { kind: "explicit-deny", policyKind: "resource", statement: { source: "resource", index: 1 } },
    });
  });
});
