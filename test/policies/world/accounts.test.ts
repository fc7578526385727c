import { strict as assert } from "assert";
import { readable } from "../../../iam/proof";
import { anyOrganization, Organization } from "../../../policies/organization";
import { buildGraph } from "../../../policies/stack/graph";
import { accountsOf } from "../../../policies/world/accounts";
import { givenDocument } from "../../../policies/world/documents";
import { outline } from "./outline";

const deny = {
  Version: "2012-10-17",
  Statement: { Effect: "Deny", Action: "kms:*", Resource: "*" },
} as const;
const scp = (...targets: readonly string[]) => [{ name: "no-kms", targets, document: deny }];
const naming = (accountId: string, organizationId?: string) =>
  givenDocument(
    {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: "*",
        Resource: "*",
        ...(organizationId && { Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } } }),
      },
    },
    "policy",
  );

const found = (
  told: Partial<Organization>,
  owners: readonly string[] = [],
  documents: Parameters<typeof accountsOf>[3] = [],
) => accountsOf(buildGraph([]), { ...anyOrganization, ...told }, owners, documents);
const idsOf = (...given: Parameters<typeof found>) => found(...given).accounts.map(({ id }) => id);
/** The organisation, with the sources of its root's policies. */
const organizationOf = (...given: Parameters<typeof found>) => {
  const { organization } = found(...given);
  if (organization?.rootScps === undefined) return organization;
  return { ...organization, rootScps: organization.rootScps.map(outline) };
};

describe("the accounts that a world tells apart", () => {
  it("are those of owners, documents, settings and places, once and in order", () => {
    const told = { accounts: ["333333333333"], places: { "222222222222": "r-1" } };
    const documents = [naming("444444444444"), { source: "policy", unknown: "not known" }];
    assert.deepEqual(idsOf(told, ["555555555555", "333333333333"], documents), [
      "222222222222",
      "333333333333",
      "444444444444",
      "555555555555",
    ]);
  });

  it("are of no organisation that nobody names", () => {
    assert.deepEqual(found({}, ["111111111111"], [naming("222222222222")]), {
      accounts: [{ id: "111111111111" }, { id: "222222222222" }],
    });
  });

  it("have the place in the organisation that they were told, at each level of which policies hold", () => {
    const places = { "111111111111": "r-1/ou-1/ou-2", "222222222222": "r-1" };
    const { accounts } = found({ id: "o-1", places, scps: scp("ou-2") });
    assert.deepEqual(
      accounts.map(({ organizationPath, scps, rcps }) => [
        organizationPath,
        scps?.map((level) => level.map(outline)),
        rcps,
      ]),
      [
        [
          "o-1/r-1/ou-1/ou-2/",
          [
            ["full access attached to r-1"],
            ["full access attached to ou-1"],
            ["full access attached to ou-2", "service control policy no-kms attached to ou-2"],
            ["full access attached to 111111111111"],
          ],
          undefined,
        ],
        ["o-1/r-1/", [["full access attached to r-1"], ["full access attached to 222222222222"]], undefined],
      ],
    );
  });

  it("are at the root and nobody knows where below when no places are told", () => {
    const [account] = found({ id: "o-1", scps: scp("root") }, ["111111111111"]).accounts;
    assert.equal(
      readable(account!.organizationPath!),
      "o-1/r-<place of account 111111111111 in the organisation>/",
    );
    assert.deepEqual(
      account!.scps?.map((level) => level.map(outline)),
      [
        ["full access attached to root", "service control policy no-kms attached to root"],
        ["full access attached to 111111111111"],
      ],
    );
  });

  it("have no levels of a type of which there are no policies", () => {
    const places = { "111111111111": "r-1" };
    assert.deepEqual(found({ id: "o-1", places }).accounts, [
      { id: "111111111111", organizationPath: "o-1/r-1/" },
    ]);
  });

  it("are not limited when they manage the organisation", () => {
    const places = { "111111111111": "r-1" };
    assert.deepEqual(
      found({ id: "o-1", places, managementAccount: "111111111111", scps: scp("root"), rcps: scp("root") })
        .accounts,
      [{ id: "111111111111", organizationPath: "o-1/r-1/" }],
    );
  });
});

describe("the organisation of a world", () => {
  it("is the one that was told, else the first that documents name", () => {
    const documents = [naming("1"), naming("1", "o-2"), naming("1", "o-3")];
    const ids = [{ id: "o-1" }, {}].map((told) => organizationOf(told, [], documents)?.id);
    assert.deepEqual(ids, ["o-1", "o-2"]);
  });

  it("has a management account when it is told", () => {
    assert.deepEqual(organizationOf({ id: "o-1" }), { id: "o-1", managementAccountId: "" });
    assert.deepEqual(organizationOf({ id: "o-1", managementAccount: "999999999999" }), {
      id: "o-1",
      managementAccountId: "999999999999",
    });
  });

  it("has the policies of its root, also for accounts that are not listed", () => {
    const plain = { id: "o-1", managementAccountId: "" };
    const full = (root: string) => `full access attached to ${root}`;
    const ofRoot = "service control policy no-kms attached to root";
    const places = { "111111111111": "r-1/ou-1" };
    assert.deepEqual(organizationOf({ id: "o-1", scps: scp("root") }), {
      ...plain,
      rootScps: [full("root"), ofRoot],
    });
    assert.deepEqual(organizationOf({ id: "o-1", scps: scp("root"), places }), {
      ...plain,
      rootScps: [full("r-1"), ofRoot],
    });
    assert.deepEqual(organizationOf({ id: "o-1", scps: scp("r-1"), places }), {
      ...plain,
      rootScps: [full("r-1"), "service control policy no-kms attached to r-1"],
    });
    assert.deepEqual(organizationOf({ id: "o-1", scps: scp("ou-1"), places }), {
      ...plain,
      rootScps: [full("r-1")],
    });
    assert.deepEqual(organizationOf({ id: "o-1", rcps: scp("root"), places }), plain);
  });
});
