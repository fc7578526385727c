import { strict as assert } from "assert";
import { Account, readable } from "../../../iam/proof";
import { Organization } from "../../../policies/organization";
import { Resource } from "../../../policies/stack/resource";
import { organizationId, policy, resource, unknownText } from "../support/stack";
import { outline, worldIn } from "./outline";

const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const shared = policy({
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::222222222222:root" },
  Action: "secretsmanager:GetSecretValue",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
});
const secret = resource("secret", "orders", { props: { name: "orders", arn, policy: shared } });
const deny = {
  Version: "2012-10-17",
  Statement: { Effect: "Deny", Action: "kms:*", Resource: "*" },
} as const;
const allow = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } } as const;

const accountsOf = (accounts: readonly Account[]) =>
  accounts.map(({ id, organizationPath, scps, rcps }) => ({
    id,
    path: organizationPath === undefined ? undefined : readable(organizationPath),
    scps: scps?.map((level) => level.map((one) => outline(one))),
    rcps: rcps?.map((level) => level.map((one) => outline(one))),
  }));

interface AccountCase {
  readonly name: string;
  readonly stack: readonly Resource[];
  readonly organization?: Partial<Organization>;
  readonly accounts: ReturnType<typeof accountsOf>;
}

const without = { scps: undefined, rcps: undefined };
const places = { "111111111111": "r-root/ou-sec", "222222222222": "r-root" };

const cases: readonly AccountCase[] = [
  {
    name: "takes every named account for a member of the organisation that the documents name",
    stack: [secret],
    accounts: [
      {
        id: "111111111111",
        path: "o-strongroom/r-<place of account 111111111111 in the organisation>/",
        ...without,
      },
      {
        id: "222222222222",
        path: "o-strongroom/r-<place of account 222222222222 in the organisation>/",
        ...without,
      },
    ],
  },
  {
    name: "knows who is no member when it is told the places",
    stack: [secret],
    organization: { places: { "111111111111": "r-root" } },
    accounts: [
      { id: "111111111111", path: "o-strongroom/r-root/", ...without },
      { id: "222222222222", path: undefined, ...without },
    ],
  },
  {
    name: "puts policies at their level, with AWS's full access where no other allows",
    stack: [secret],
    organization: {
      places,
      managementAccount: "222222222222",
      scps: [
        { name: "no-kms", targets: ["ou-sec"], document: deny },
        { name: "list", targets: ["root"], document: allow },
      ],
      rcps: [{ name: "fence", targets: ["111111111111"], document: deny }],
    },
    accounts: [
      {
        id: "111111111111",
        path: "o-strongroom/r-root/ou-sec/",
        scps: [
          ["service control policy list attached to root"],
          ["full access attached to ou-sec", "service control policy no-kms attached to ou-sec"],
          ["full access attached to 111111111111"],
        ],
        rcps: [
          ["full access attached to r-root"],
          ["full access attached to ou-sec"],
          ["full access attached to 111111111111", "resource control policy fence attached to 111111111111"],
        ],
      },
      { id: "222222222222", path: "o-strongroom/r-root/", ...without },
    ],
  },
  {
    name: "finds policies of the organisation in the stack",
    stack: [
      secret,
      resource("organizationsPolicy", "no-kms", {
        props: { id: "p-1", name: "no-kms", content: JSON.stringify(deny), type: "SERVICE_CONTROL_POLICY" },
      }),
      resource("organizationsPolicyAttachment", "one", {
        props: { policyId: "p-1", targetId: "222222222222" },
      }),
    ],
    organization: { places },
    accounts: [
      {
        id: "111111111111",
        path: "o-strongroom/r-root/ou-sec/",
        rcps: undefined,
        scps: [
          ["full access attached to r-root"],
          ["full access attached to ou-sec"],
          ["full access attached to 111111111111"],
        ],
      },
      {
        id: "222222222222",
        path: "o-strongroom/r-root/",
        rcps: undefined,
        scps: [
          ["full access attached to r-root"],
          ["full access attached to 222222222222", "service control policy no-kms attached to 222222222222"],
        ],
      },
    ],
  },
];

describe("accounts of the world", () => {
  for (const { name, stack, organization, accounts } of cases) {
    it(name, () => assert.deepEqual(accountsOf(worldIn(stack, organization).world.accounts), accounts));
  }

  it("is in no organisation when nothing names one", () => {
    const lonely = resource("secret", "orders", { props: { name: "orders", arn } });
    const { world } = worldIn([lonely]);
    assert.deepEqual([world.organization, world.accounts], [undefined, [{ id: "111111111111" }]]);
  });
});

describe("endpoints and functions of the world", () => {
  const endpoint = resource("vpcEndpoint", "secrets", {
    props: { id: "vpce-0a1", vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.secretsmanager" },
    account: "222222222222",
  });

  it("takes an endpoint's policy from the endpoint or from a resource of its own", () => {
    const split = resource("vpcEndpointPolicy", "split", {
      props: { vpcEndpointId: "vpce-0a1", policy: shared },
    });
    const found = [[endpoint], [endpoint, split]].map((stack) =>
      worldIn(stack).world.endpoints.map(({ policy: held, ...rest }) => ({ ...rest, policy: outline(held) })),
    );
    const common = { id: "vpce-0a1", vpcId: "vpc-1", accountId: "222222222222", region: "eu-west-1" };
    const open = { ...common, service: "secretsmanager", policy: undefined };
    assert.deepEqual(found, [[open], [{ ...open, policy: "policy of VPC endpoint vpce-0a1" }]]);
  });

  it("calls an endpoint and a VPC that are not made yet by what they are", () => {
    const vpc = resource("vpc", "apps", { props: { id: unknownText } });
    const pending = resource("vpcEndpoint", "secrets", {
      props: { id: unknownText, vpcId: unknownText, serviceName: "com.amazonaws.eu-west-1.secretsmanager" },
      from: { vpcId: [vpc] },
    });
    const [found] = worldIn([vpc, pending]).world.endpoints;
    assert.deepEqual(
      [readable(found!.id), readable(found!.vpcId)],
      ['vpce-<id of VpcEndpoint "secrets">', 'vpc-<id of Vpc "apps">'],
    );
  });

  it("follows a function to its role", () => {
    const role = resource("role", "rotate", { props: { name: "rotate", arn: unknownText } });
    const lambda = resource("function", "rotate", {
      props: { name: "rotate", arn: unknownText, role: unknownText },
      from: { role: [role] },
    });
    assert.deepEqual(worldIn([role, lambda]).world.functions, [
      {
        arn: "arn:aws:lambda:eu-west-1:111111111111:function:rotate",
        accountId: "111111111111",
        roleArn: "arn:aws:iam::111111111111:role/rotate",
      },
    ]);
  });
});

describe("declared readers", () => {
  const tagged = (tags: object) => resource("secret", "orders", { props: { name: "orders", arn, tags } });
  const component = (secretName: string) => ({
    ...resource("secret", "unused", {
      props: { declaredReaders: [{ secretName, principalArns: ["arn:component"] }] },
    }),
    type: "strongroom:index:SharedSecret",
    urn: "urn:pulumi:test::policies::strongroom:index:SharedSecret::orders",
  });
  const declaredIn = (stack: readonly Resource[], declaredReaders: Organization["declaredReaders"] = {}) =>
    [...worldIn(stack, { declaredReaders }).declared.values()].map((readers) => [...readers]);

  it("are none without a declaration, which is not an empty one", () => {
    assert.deepEqual(declaredIn([tagged({})]), []);
    assert.deepEqual(declaredIn([tagged({ "strongroom:readers": "" })]), [[]]);
  });

  it("add up from a component, tags and the setting", () => {
    const tags = {
      "strongroom:readers": "222222222222:role/a  222222222222:role/b",
      "strongroom:readers-2": "arn:c",
    };
    assert.deepEqual(
      declaredIn([component("orders"), tagged(tags)], { "ord*": ["arn:d"], other: ["arn:e"] }),
      [
        [
          "arn:component",
          "arn:aws:iam::222222222222:role/a",
          "arn:aws:iam::222222222222:role/b",
          "arn:c",
          "arn:d",
        ],
      ],
    );
  });

  it("of a component are about secrets of its own stack", () => {
    const elsewhere = {
      ...component("orders"),
      urn: "urn:pulumi:prod::policies::strongroom:index:SharedSecret::orders",
    };
    assert.deepEqual(declaredIn([elsewhere, tagged({})]), []);
  });

  it("that no stack holds are taken to be allowed everything by their own account", () => {
    const tags = { "strongroom:readers": "222222222222:role/a" };
    const { world, assumed } = worldIn([tagged(tags)]);
    assert.deepEqual([...assumed], ["arn:aws:iam::222222222222:role/a"]);
    assert.deepEqual(
      world.principals.map(({ identity }) => identity.map(outline)),
      [["policies of role a, which no stack at hand holds"]],
    );
  });
});
