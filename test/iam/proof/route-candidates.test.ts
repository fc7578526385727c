import { strict as assert } from "assert";
import { Endpoint } from "../../../iam/proof";
import { GroupKey } from "../../../iam/proof/group-keys";
import { networkMember, routeCandidates } from "../../../iam/proof/route-candidates";
import { asked, atom, literals } from "./atoms";
import { memberText } from "./state-text";
import { BILLING, ORDERS, ORGANIZATION } from "./access-worlds";

const endpoint: Endpoint = {
  id: "vpce-1",
  vpcId: "vpc-1",
  accountId: ORDERS,
  region: "eu-west-1",
  service: "secretsmanager",
};
const PATH = `${ORGANIZATION}/r-ab12/`;
const surroundings = (endpoints: readonly Endpoint[] = []) => ({
  endpoints,
  region: "eu-west-1",
  membership: (accountId: string) => (accountId === ORDERS ? { id: ORGANIZATION, path: PATH } : undefined),
  accountIds: [ORDERS, BILLING],
});

/** The members without what they all have. */
function routes(keys: ReadonlyMap<string, GroupKey>, endpoints?: readonly Endpoint[]): readonly string[] {
  return routeCandidates(keys, surroundings(endpoints)).members.map((member) =>
    memberText(member)
      .replace(" viaawsservice=false >calledvia=[secretsmanager.amazonaws.com]", " direct")
      .replace(" >calledviafirst=secretsmanager.amazonaws.com", "")
      .replaceAll(".amazonaws.com", ""),
  );
}

const network = (id: string, vpc: string, account: string, ip = "10.0.0.10", organization = "") =>
  `sourcevpce=${id} sourcevpc=${vpc} vpceaccount=${account}${organization} vpcsourceip=${ip} ` +
  `sourcevpcarn=arn:aws:ec2:eu-west-1:${account}:vpc/${vpc} direct`;
const member = ` vpceorgid=${ORGANIZATION} vpceorgpaths=[${PATH}]`;
const INTERNET = "sourceip=198.51.100.77 direct";
const OTHER = network("vpce-x", "vpc-x", "0".repeat(12));
const SERVICE =
  "viaawsservice=true calledvia=[cloudformation] calledviafirst=cloudformation calledvialast=cloudformation " +
  ">calledvia=[cloudformation secretsmanager]";

describe("the ways a call can come", () => {
  const cases: readonly {
    readonly name: string;
    readonly keys: ReadonlyMap<string, GroupKey>;
    readonly endpoints?: readonly Endpoint[];
    readonly found: readonly string[];
  }[] = [
    { name: "when nothing is asked", keys: new Map(), found: [INTERNET, OTHER, SERVICE] },
    {
      name: "by addresses",
      keys: asked({ "aws:sourceip": [atom("IpAddress", "198.51.100.77/32")] }),
      found: [
        ...["198.51.100.77", "198.51.100.78", "198.51.100.76", "2001:db8:0:0:0:0:0:77"].map(
          (ip) => `sourceip=${ip} direct`,
        ),
        OTHER,
        SERVICE,
      ],
    },
    {
      name: "by addresses inside",
      keys: asked({ "aws:vpcsourceip": literals("10.0.0.1") }),
      endpoints: [endpoint],
      found: [
        INTERNET,
        `${network("vpce-1", "vpc-1", ORDERS, "x", member)} through vpce-1`,
        `${network("vpce-1", "vpc-1", ORDERS, "10.0.0.1", member)} through vpce-1`,
        network("vpce-x", "vpc-x", "0".repeat(12), "x"),
        network("vpce-x", "vpc-x", "0".repeat(12), "10.0.0.1"),
        SERVICE,
      ],
    },
    {
      name: "through an endpoint of the world, another that a policy names, and any",
      keys: asked({ "aws:sourcevpce": literals("vpce-2") }),
      endpoints: [endpoint],
      found: [
        INTERNET,
        `${network("vpce-1", "vpc-1", ORDERS, "10.0.0.10", member)} through vpce-1`,
        OTHER,
        network("vpce-2", "vpc-x", "0".repeat(12)),
        SERVICE,
      ],
    },
    {
      name: "from a VPC, of the world's with its endpoints only",
      keys: asked({ "aws:sourcevpc": literals("vpc-1", "vpc-2") }),
      endpoints: [endpoint],
      found: [
        INTERNET,
        `${network("vpce-1", "vpc-1", ORDERS, "10.0.0.10", member)} through vpce-1`,
        OTHER,
        network("vpce-x", "vpc-2", "0".repeat(12)),
        SERVICE,
      ],
    },
    ...["aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths"].map((key) => ({
      name: `by the owner of the endpoint, asked with ${key}`,
      keys: asked({ [key]: [] }),
      found: [
        INTERNET,
        OTHER,
        network("vpce-x", "vpc-x", ORDERS, "10.0.0.10", member),
        network("vpce-x", "vpc-x", BILLING),
        SERVICE,
      ],
    })),
    ...["aws:calledvia", "aws:calledviafirst"].map((key) => ({
      name: `by chains of services, asked with ${key}`,
      keys: asked({ [key]: literals("athena.amazonaws.com") }),
      found: [
        INTERNET,
        OTHER,
        ...[["x"], ["athena"], ["x", "athena"]].map(
          (chain) =>
            `viaawsservice=true calledvia=[${chain.join(" ")}] calledviafirst=${chain[0]} ` +
            `calledvialast=${chain.at(-1)} >calledvia=[${chain.join(" ")} secretsmanager]`,
        ),
      ],
    })),
  ];
  for (const { name, keys, endpoints, found } of cases) {
    it(name, () => assert.deepEqual(routes(keys, endpoints), found));
  }

  it("are not all there are when atoms of a key do not go together", () => {
    const mixed = [atom("NumericEquals", "1"), ...literals("a")];
    const keys = [
      ..."sourceip vpcsourceip sourcevpce sourcevpc vpceaccount calledvia calledviafirst".split(" "),
      ..."vpceorgid vpceorgpaths sourcevpcarn viaawsservice".split(" "),
    ];
    assert.deepEqual(
      keys.filter((key) => !routeCandidates(asked({ [`aws:${key}`]: mixed }), surroundings()).complete),
      keys.slice(0, 7),
    );
  });

  it("are described by the endpoint first, then by VPC, account, organisation, address and service", () => {
    const keys = asked({
      "aws:calledvia": literals("c"),
      "aws:sourceip": literals("i"),
      "aws:sourcevpc": literals("v"),
      "aws:vpceaccount": literals("a"),
    });
    const names = (given: ReadonlyMap<string, GroupKey>, endpoints: readonly Endpoint[]) =>
      [...routeCandidates(given, surroundings(endpoints)).atoms].map(
        ([key, atoms]) => `${key} ${atoms.map(({ text }) => text).join()}`,
      );
    assert.deepEqual(names(keys, []), [
      "aws:sourcevpc v",
      "aws:vpceaccount a",
      "aws:sourceip i",
      "aws:calledvia c",
    ]);
    assert.deepEqual(names(new Map(), [endpoint]), ["aws:sourcevpce vpce-1"]);
    assert.deepEqual(names(asked({ "aws:sourcevpce": literals("vpce-2") }), [endpoint]), [
      "aws:sourcevpce vpce-2,vpce-1",
    ]);
    assert.deepEqual(names(asked({ "aws:sourcevpce": literals("vpce-2") }), []), ["aws:sourcevpce vpce-2"]);
    assert.deepEqual(names(new Map(), []), []);
  });
});

describe("a call through an endpoint", () => {
  it("has its keys", () => {
    assert.deepEqual(
      memberText(networkMember(endpoint, surroundings())),
      `${network("vpce-1", "vpc-1", ORDERS, "10.0.0.10", member)} >calledviafirst=secretsmanager.amazonaws.com through vpce-1`.replace(
        " direct",
        " viaawsservice=false >calledvia=[secretsmanager.amazonaws.com]",
      ),
    );
  });
});
