import { strict as assert } from "assert";
import { Frame } from "../../../iam/proof/frame";
import { namedSubjects } from "../../../iam/proof/named-subjects";
import { WorldIndex } from "../../../iam/proof/world-index";
import { allow, attached } from "../worlds";
import { arnOfRole, ORDERS, ORGANIZATION, role, user, world } from "./access-worlds";
import { stateText } from "./state-text";

const PATH = `${ORGANIZATION}/r-ab12/`;
const frame = { action: "secretsmanager:GetSecretValue" } as Frame;
const scps = [[attached("scp", allow())]];
const index = new WorldIndex(
  world({ accounts: [{ id: ORDERS, organizationPath: PATH, scps }, { id: "444444444444" }] }),
);
const states = (subjects: ReturnType<typeof namedSubjects>, ...keys: readonly string[]) =>
  subjects.map((subject) => keys.map((key) => stateText(subject.key(key, frame))));

describe("a named principal as it can appear", () => {
  it("is one user", () => {
    const boundary = attached("boundary", allow());
    const alice = user("alice", { identity: [attached("p", allow())], boundary, tags: { Team: "orders" } });
    const subjects = namedSubjects(alice, [], index);
    assert.deepEqual(
      subjects.map(({ key: _, ...rest }) => rest),
      [
        {
          who: { kind: "principal", arn: alice.arn, accountId: ORDERS },
          principal: { kind: "user", accountId: ORDERS, arn: alice.arn },
          tagKeys: ["aws:principaltag/team"],
          identity: alice.identity,
          boundary,
          scps,
          domain: "user false",
          label: [],
        },
      ],
    );
    assert.deepEqual(
      states(
        subjects,
        "aws:principaltag/team",
        "aws:sourceidentity",
        "aws:principalorgid",
        "aws:principalorgpaths",
      ),
      [["orders", "absent", ORGANIZATION, `[${PATH}]`]],
    );
  });

  it("is any session of a role", () => {
    const session = [attached("session policy", allow())];
    const api = role("api", { arn: `arn:aws-cn:iam::${ORDERS}:role/path/api`, session });
    assert.deepEqual(
      namedSubjects(api, [], index).map(({ key: _, ...rest }) => rest),
      [
        {
          who: { kind: "principal", arn: api.arn, accountId: ORDERS },
          principal: {
            kind: "role-session",
            accountId: ORDERS,
            roleArn: api.arn,
            sessionArn: `arn:aws-cn:sts::${ORDERS}:assumed-role/api/any-session`,
          },
          tagKeys: [],
          identity: [],
          session,
          scps,
          domain: "role false",
          label: [],
        },
      ],
    );
  });

  it("is each session that a policy names, and the others", () => {
    const subjects = namedSubjects(role("api"), ["a", "b"], index);
    assert.deepEqual(
      subjects.map(({ principal, label, domain }) => [
        principal.kind === "role-session" && principal.sessionArn.split("/").at(-1),
        label.map(({ key, anyOf, noneOf, absent, text }) => [key, anyOf, noneOf, absent, text]),
        domain,
      ]),
      [
        [
          "any-session",
          [["session name", [], ["a", "b"], "must not be", "session name is not a or b"]],
          "role false",
        ],
        ["a", [["session name", ["a"], [], "must not be", "session name is a"]], `${arnOfRole("api")} a`],
        ["b", [["session name", ["b"], [], "must not be", "session name is b"]], `${arnOfRole("api")} b`],
      ],
    );
    assert.deepEqual(states(subjects, "aws:userid").flat(), [
      "any AROA?*:?* of key:aws:userid",
      "any AROA?*:a of key:aws:userid",
      "any AROA?*:b of key:aws:userid",
    ]);
  });

  it("may bring tags and a source identity when its trust policy says so", () => {
    const trusting = (Action: string | readonly string[]) =>
      namedSubjects(
        role("api", { tags: { team: "x" }, trust: attached("trust", allow({ Action })) }),
        [],
        index,
      );
    const seen = (Action: string | readonly string[]) => {
      const subjects = trusting(Action);
      return [...states(subjects, "aws:principaltag/team", "aws:sourceidentity")[0]!, subjects[0]!.domain];
    };
    assert.deepEqual(
      [seen("sts:AssumeRole"), seen("sts:TagSession"), seen("sts:SetSourceIdentity")],
      [
        ["x", "absent", "role false"],
        ["any ?* of key:aws:principaltag/team", "absent", `${arnOfRole("api")} undefined`],
        ["x", "any ?* of key:aws:sourceidentity, or absent", "role true"],
      ],
    );
  });

  it("may be a service-linked role, or of no organisation", () => {
    const linked = role("aws-service-role/x/y");
    const outside = role("api", { accountId: "444444444444" });
    const [one, other] = [...namedSubjects(linked, [], index), ...namedSubjects(outside, [], index)];
    assert.deepEqual(
      [
        one!.principal.kind === "role-session" && one!.principal.serviceLinked,
        other!.scps,
        "serviceLinked" in other!.principal,
      ],
      [true, undefined, false],
    );
    assert.deepEqual(states([other!], "aws:principalorgid", "aws:principalorgpaths"), [["absent", "absent"]]);
  });

  it("has no organisation where the world has none", () => {
    const { organization: _, ...rest } = world();
    const subjects = namedSubjects(role("api"), [], new WorldIndex(rest));
    assert.deepEqual(states(subjects, "aws:principalorgid", "aws:principalorgpaths"), [["absent", "absent"]]);
  });
});
