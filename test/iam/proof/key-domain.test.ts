import { strict as assert } from "assert";
import { RequestPrincipal } from "../../../iam";
import { fixed, globalKey, Route, textDomain } from "../../../iam/proof/key-domain";
import { stateText } from "./state-text";

type Caller = RequestPrincipal["kind"];

const CALLERS: readonly Caller[] = ["role-session", "user", "root", "service", "anonymous"];

/** For each kind of caller, equal answers once. */
function states(key: string, route: Route = "direct"): string {
  const texts = CALLERS.map((caller) => stateText(globalKey(key, caller, route)));
  const groups = new Map<string, string[]>();
  texts.forEach((text, index) => groups.set(text, [...(groups.get(text) ?? []), CALLERS[index]!]));
  return [...groups]
    .map(([text, callers]) => (callers.length === CALLERS.length ? text : `${callers.join(" ")}: ${text}`))
    .join("; ");
}

const onlySessions = (key: string, group = `key:${key}`) =>
  `role-session: any ?* of ${group}, or absent; user root service anonymous: absent`;
const onlyServices = (key: string, many = "") =>
  `role-session user root anonymous: absent; service: any ?* of key:${key}, or absent${many}`;
const withCredentials = (group: string) =>
  `role-session: any ?* of ${group}; user: any ?* of ${group}, or absent; root service anonymous: absent`;
const ofNetwork = "role-session user root anonymous: any ?* of route, or absent; service: absent";

describe("keys that depend on neither the operation nor the resource", () => {
  const direct: Readonly<Record<string, string>> = {
    "aws:sourceip": ofNetwork,
    "aws:sourcevpc": ofNetwork,
    "aws:sourcevpce": ofNetwork,
    "aws:sourcevpcarn": ofNetwork,
    "aws:vpcsourceip": ofNetwork,
    "aws:vpceaccount": ofNetwork,
    "aws:vpceorgid": ofNetwork,
    "aws:vpceorgpaths": ofNetwork,
    "aws:viaawsservice": "role-session user root anonymous: any ?* of route, or absent; service: false",
    "aws:calledvia": "role-session user root anonymous: any ?* of route, or absent, many; service: absent",
    "aws:calledviafirst": ofNetwork,
    "aws:calledvialast": ofNetwork,
    "aws:sourcearn": onlyServices("aws:sourcearn"),
    "aws:sourceaccount": onlyServices("aws:sourceaccount"),
    "aws:sourceorgid": onlyServices("aws:sourceorgid"),
    "aws:sourceorgpaths": onlyServices("aws:sourceorgpaths", ", many"),
    "aws:ec2instancesourcevpc": onlySessions("aws:ec2instancesourcevpc"),
    "ec2:sourceinstancearn": onlySessions("ec2:sourceinstancearn"),
    "lambda:sourcefunctionarn": onlySessions("lambda:sourcefunctionarn"),
    "aws:federatedprovider": onlySessions("aws:federatedprovider"),
    "aws:requesttag/team": "absent",
    "aws:tagkeys": "absent",
    "aws:assumedroot": "absent",
    "aws:securetransport": "true",
    "aws:currenttime": "any ?* of time",
    "aws:epochtime": "any ?* of time",
    "aws:tokenissuetime": withCredentials("time"),
    "aws:multifactorauthpresent": withCredentials("mfa"),
    "aws:multifactorauthage": withCredentials("mfa"),
    "aws:useragent": "any ?* of key:aws:useragent, or absent",
    "aws:referer": "any ?* of key:aws:referer, or absent",
    "aws:notakey": "unknown",
    notakey: "unknown",
    "s3:prefix": "absent",
    "xaws:requesttag/team": "absent",
    "aws:tagkeysx": "unknown",
  };
  for (const [key, expected] of Object.entries(direct)) {
    it(`${key} in the caller's request`, () => assert.equal(states(key), expected));
  }

  const forwarded: Readonly<Record<string, string>> = {
    "aws:sourceip": "absent",
    "aws:vpceorgpaths": "absent",
    "aws:viaawsservice": "true",
    "aws:calledvialast": "secretsmanager.amazonaws.com",
    "aws:calledvia": "any ?* of route, or absent, many",
    "aws:calledviafirst": "any ?* of route, or absent",
    "aws:securetransport": "true",
    "aws:currenttime": "any ?* of time",
  };
  for (const [key, expected] of Object.entries(forwarded)) {
    it(`${key} in a request of Secrets Manager's for the caller`, () =>
      assert.equal(states(key, "forwarded"), expected));
  }
});

describe("a key's domain", () => {
  it("is some text, absent or not, on its own", () => {
    const { others, ...domain } = textDomain("aws:x");
    assert.deepEqual(domain, {
      group: "key:aws:x",
      universe: "?*",
      mayBeAbsent: true,
      mayBePresent: true,
      hasManyValues: false,
    });
    assert.equal(others[0], "x");
  });

  it("is what is given instead", () => {
    const { group, universe, mayBeAbsent } = textDomain("aws:x", { group: "g", mayBeAbsent: false });
    assert.deepEqual([group, universe, mayBeAbsent], ["g", "?*", false]);
  });

  it("is fixed to a value or to being absent", () => {
    assert.deepEqual(
      [fixed("a"), fixed(["a"]), fixed(undefined)],
      [
        { kind: "fixed", value: "a" },
        { kind: "fixed", value: ["a"] },
        { kind: "fixed", value: undefined },
      ],
    );
  });
});
