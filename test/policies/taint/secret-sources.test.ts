import { strict as assert } from "assert";
import { buildGraph } from "../../../policies/stack/graph";
import { Resource } from "../../../policies/stack/resource";
import { Derivation, derivation, secretValues } from "../../../policies/taint/secret-sources";
import { resource, resourceOfType, unknownText } from "../support/stack";

const profile = "aws:iam/userLoginProfile:UserLoginProfile";
const privateKey = "tls:index/privateKey:PrivateKey";

describe("what comes from a resource", () => {
  const cases: readonly (readonly [string, Resource, Derivation])[] = [
    ["of another kind", resource("secret", "s", { props: { arn: unknownText } }), "no"],
    ["that is a random password", resource("randomPassword", "p"), "secret"],
    ["that is a login profile", resourceOfType(profile, "p"), "secret"],
    [
      "that is an access key to be made",
      resource("accessKey", "k", { props: { secret: unknownText } }),
      "perhaps",
    ],
    [
      "that is an access key for mails to be made",
      resource("accessKey", "k", { props: { sesSmtpPasswordV4: unknownText } }),
      "perhaps",
    ],
    [
      "that is an access key whose secret is known",
      resource("accessKey", "k", { props: { secret: "x", id: unknownText } }),
      "no",
    ],
    [
      "that is a version to be made",
      resource("secretVersion", "v", { props: { secretString: unknownText } }),
      "perhaps",
    ],
    [
      "that is a version of bytes to be made",
      resource("secretVersion", "v", { props: { secretBinary: unknownText } }),
      "perhaps",
    ],
    [
      "that is a version with a known value",
      resource("secretVersion", "v", { props: { secretString: "x", arn: unknownText } }),
      "no",
    ],
    [
      "that is a private key to be made",
      resourceOfType(privateKey, "k", { props: { privateKeyPem: unknownText } }),
      "perhaps",
    ],
    [
      "that is a private key for SSH to be made",
      resourceOfType(privateKey, "k", { props: { privateKeyOpenssh: unknownText } }),
      "perhaps",
    ],
  ];
  for (const [name, one, expected] of cases)
    it(`${name}: ${expected}`, () => assert.equal(derivation(one), expected));
});

describe("values that are known to be secret", () => {
  const cases: readonly (readonly [string, readonly Resource[], Record<string, string>])[] = [
    [
      "are none without a source",
      [resource("secret", "s", { props: { secretString: "correct horse" } })],
      {},
    ],
    [
      "are what sources hold",
      [resource("randomPassword", "p", { props: { result: "correct horse", bcryptHash: "$2a$10$abc" } })],
      { "correct horse": "p", $2a$10$abc: "p" },
    ],
    [
      "are as long as eight characters",
      [resource("accessKey", "k", { props: { secret: "12345678", sesSmtpPasswordV4: "1234567" } })],
      { "12345678": "k" },
    ],
    ["are not what is not known", [resource("randomPassword", "p", { props: { result: unknownText } })], {}],
    [
      "are credentials in a JSON text, too",
      [
        resource("secretVersion", "v", {
          props: { secretString: '{"host":"db.internal","password":"correct horse"}' },
        }),
      ],
      { '{"host":"db.internal","password":"correct horse"}': "v", "correct horse": "v" },
    ],
    [
      "belong to the first that holds them",
      [
        resource("secretVersion", "v", { props: { secretString: "correct horse" } }),
        resource("randomPassword", "p", { props: { result: "correct horse" } }),
      ],
      { "correct horse": "p" },
    ],
  ];
  for (const [name, stack, expected] of cases) {
    it(name, () => {
      const found = [...secretValues(buildGraph(stack))].map(([value, holder]) => [value, holder.name]);
      assert.deepEqual(Object.fromEntries(found), expected);
    });
  }
});
