import { strict as assert } from "assert";
import { Candidate, candidateValues } from "../../../policies/documents/candidate-values";
import { anonymous, loner, outsider, Requester } from "../../../policies/documents/requester";

const member: Requester = {
  kind: "account",
  accountId: "222222222222",
  organizationId: "o-1",
  ownsNetworks: true,
};

describe("the values of a condition key that a caller can bring about", () => {
  const cases: readonly (readonly [string, string, readonly string[], Requester, readonly Candidate[]])[] = [
    ["its account", "aws:principalaccount", ["333333333333"], member, ["222222222222"]],
    ["its account, for KMS", "kms:calleraccount", [], member, ["222222222222"]],
    ["no account without credentials", "aws:principalaccount", ["333333333333"], anonymous, [undefined]],
    ["its organisation", "aws:principalorgid", ["o-2"], member, ["o-1"]],
    ["an organisation that no document names", "aws:principalorgid", ["o-2"], outsider, ["o-anyotherone"]],
    ["no organisation of an account without one", "aws:principalorgid", ["o-2"], loner, [undefined]],
    ["no organisation without credentials", "aws:principalorgid", [], anonymous, [undefined]],
    [
      "places of its organisation that are named, and another",
      "aws:principalorgpaths",
      ["o-1/r-a/*", "o-2/r-a/"],
      member,
      [["o-1/r-a/any"], ["o-1/r-any0/"]],
    ],
    [
      "no place of an account without organisation",
      "aws:principalorgpaths",
      ["o-1/r-a/"],
      loner,
      [undefined],
    ],
    ["the kind of an assumed role", "aws:principaltype", ["User"], member, ["AssumedRole"]],
    ["the kind of nobody", "aws:principaltype", ["User"], anonymous, ["Anonymous"]],
    ["that it is no service", "aws:principalisawsservice", ["true"], member, ["false"]],
    ["a call with and without TLS", "aws:securetransport", ["true"], member, ["true", "false"]],
    ["nothing that only a service says", "aws:sourceaccount", ["222222222222"], member, [undefined]],
    [
      "nothing that only a service says, of its organisation",
      "aws:sourceorgpaths",
      ["o-1/*"],
      member,
      [undefined],
    ],
    [
      "a key that begins like one of a service",
      "aws:sourceaccounts",
      ["1"],
      member,
      ["0", "1", "2", "any-other", undefined],
    ],
    [
      "networks that are named, when they may be its own",
      "aws:sourcevpc",
      ["vpc-1", "vpc-2"],
      member,
      ["vpc-1", "vpc-2", "vpc-any-other", undefined],
    ],
    ["no named network of others", "aws:sourcevpce", ["vpce-1"], outsider, ["vpc-any-other", undefined]],
    [
      "no named network without credentials",
      "aws:sourcevpc",
      ["vpc-1"],
      anonymous,
      ["vpc-any-other", undefined],
    ],
    [
      "an address of a block that is named",
      "aws:sourceip",
      ["192.0.2.0/24"],
      member,
      ["192.0.2.0", "198.51.100.77", undefined],
    ],
    ["an address of nobody's network", "aws:sourceip", ["192.0.2.0/24"], loner, ["198.51.100.77", undefined]],
    [
      "several values, one at a time",
      "aws:tagkeys",
      ["a", "b*"],
      member,
      [undefined, ["a"], ["bany"], ["any-other"]],
    ],
    ["several values, of services that it comes by", "aws:calledvia", [], member, [undefined, ["any-other"]]],
    [
      "what the document names, another, and none",
      "aws:userid",
      ["a", "b"],
      member,
      ["a", "b", "any-other", undefined],
    ],
    ["a value for each pattern", "aws:username", ["x-*"], member, ["x-any", "any-other", undefined]],
    [
      "numbers with their neighbours",
      "s3:max-keys",
      ["10"],
      member,
      ["9", "10", "11", "any-other", undefined],
    ],
    [
      "each number once",
      "s3:max-keys",
      ["10", "11"],
      member,
      ["9", "10", "11", "12", "any-other", undefined],
    ],
    ["no neighbours of a blank", "aws:userid", [" "], member, [" ", "any-other", undefined]],
    [
      "no neighbours of what is too long to count",
      "aws:userid",
      ["1234567890123456"],
      member,
      ["1234567890123456", "any-other", undefined],
    ],
    [
      "neighbours of the longest that is counted",
      "aws:userid",
      ["123456789012345"],
      member,
      ["123456789012344", "123456789012345", "123456789012346", "any-other", undefined],
    ],
    [
      "no neighbours of what is endless",
      "aws:userid",
      ["Infinity"],
      member,
      ["Infinity", "any-other", undefined],
    ],
    [
      "its account in an ARN that leaves it open",
      "aws:x",
      ["arn:aws:iam::*:role/x"],
      member,
      ["arn:aws:iam::222222222222:role/x", "any-other", undefined],
    ],
    [
      "no account in an ARN without credentials",
      "aws:x",
      ["arn:aws:iam::*:role/x"],
      anonymous,
      ["arn:aws:iam:::role/x", "any-other", undefined],
    ],
    ["a key that the document does not compare", "aws:x", [], member, ["any-other", undefined]],
  ];
  for (const [name, key, named, requester, expected] of cases) {
    it(name, () => {
      const literals = new Map(named.length === 0 ? [] : [[key, named]]);
      assert.deepEqual(candidateValues(key, literals, requester), expected);
    });
  }

  it("the time: now, and when everything has begun", () => {
    const [now, later, ...others] = candidateValues("aws:currenttime", new Map(), member);
    assert.ok(Math.abs(Date.parse(String(now)) - Date.now()) < 60_000);
    assert.deepEqual([later, others], ["2199-01-01T00:00:00Z", []]);
  });
});
