import { strict as assert } from "assert";
import { PolicyDocument } from "../../../../iam";
import { mayAllow } from "../../../../policies/documents/allowed-actions";
import { documentUses } from "../../../../policies/documents/document-uses";
import { buildGraph } from "../../../../policies/stack/graph";
import { identityCandidates } from "../../../../policies/facts/identities/identity-candidates";
import { firstGranted, grants, Wish } from "../../../../policies/facts/identities/identity-probe";
import { namedArns } from "../../../../policies/documents/named-arns";
import { once } from "../../../../policies/stack/once";
import { partitionOf, placeOf, placesIn } from "../../../../policies/stack/place";
import { Resource } from "../../../../policies/stack/resource";
import { unrelatedArns } from "../../../../policies/documents/unrelated";
import { allow, deny, role, rolePolicy, when, worker } from "../../support/identity";
import { policy, resource, unknownText } from "../../support/stack";

const first = (stack: readonly Resource[]) => documentUses(buildGraph(stack))[0]!;
const asked = (wish: Wish, ...statements: readonly object[]) =>
  grants(first(worker(...statements)), wish).kind;
const get = "secretsmanager:GetSecretValue";
const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const document = (...statements: readonly object[]) =>
  ({ Version: "2012-10-17", Statement: statements }) as unknown as PolicyDocument;

describe("what an identity policy grants", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["by the principal's ARN", "aws:PrincipalArn", "arn:aws:iam::111111111111:role/worker"],
    ["by the principal's account", "aws:PrincipalAccount", "111111111111"],
    ["by the organisation, whichever it is", "aws:PrincipalOrgID", "o-any"],
    ["by the resource's organisation, whichever it is", "aws:ResourceOrgID", "o-any"],
    ["by the resource's account", "aws:ResourceAccount", "111111111111"],
    ["by the secret's own id", "secretsmanager:SecretId", arn],
    ["by a tag of a resource that is named", "aws:ResourceTag/team", "orders"],
    ["by a tag of the caller", "aws:PrincipalTag/team", "orders"],
    ["by the caller's network", "aws:SourceVpce", "vpce-1"],
  ];
  for (const [name, key, value] of cases) {
    it(name, () => {
      const wish = { action: get, arns: [arn] };
      assert.equal(asked(wish, allow(get, "*", when("StringEquals", key, value))), "granted");
    });
  }

  const refusals: readonly (readonly [string, string, string])[] = [
    ["another principal's ARN", "aws:PrincipalArn", "arn:aws:iam::111111111111:role/other"],
    ["another principal's account", "aws:PrincipalAccount", "222222222222"],
    ["another account's resource", "aws:ResourceAccount", "222222222222"],
    ["another secret's id", "secretsmanager:SecretId", "arn:other"],
    ["the source of a service", "aws:SourceAccount", "111111111111"],
  ];
  for (const [name, key, value] of refusals) {
    it(`not by ${name}`, () => {
      assert.equal(
        asked({ action: get, arns: [arn] }, allow(get, "*", when("StringEquals", key, value))),
        "refused",
      );
    });
  }

  it("under what the request is known to carry", () => {
    const statement = allow(get, "*", when("StringEquals", "secretsmanager:VersionStage", "AWSCURRENT"));
    const wish = (value: string | readonly string[]) => ({
      action: get,
      context: { "secretsmanager:versionstage": value },
    });
    assert.equal(asked(wish("AWSCURRENT"), statement), "granted");
    assert.equal(asked(wish("AWSPENDING"), statement), "refused");
    assert.equal(asked(wish([]), statement), "refused");
    assert.equal(asked({ action: get }, statement), "granted");
  });

  it("of the first wish that is granted, with the thing it is granted on", () => {
    const use = first(worker(allow(get, arn)));
    const wishes = [
      { action: "secretsmanager:PutSecretValue", arns: [arn] },
      { action: get, arns: ["arn:x", arn] },
    ];
    assert.deepEqual(firstGranted(use, wishes), { kind: "granted", wish: wishes[1], arn });
    assert.deepEqual(firstGranted(use, wishes.slice(0, 1)), { kind: "refused" });
    assert.deepEqual(firstGranted(use, []), { kind: "refused" });
  });

  it("is told from what another policy of the role grants", () => {
    const stack = [
      ...worker(allow("s3:GetObject")),
      rolePolicy("more", "worker", policy(allow(get), deny("s3:*"))),
    ];
    const uses = documentUses(buildGraph(stack));
    assert.deepEqual(
      uses.map(({ where }) => where),
      ['the policy of RolePolicy "rights"', 'the policy of RolePolicy "more"'],
    );
    assert.deepEqual(
      uses.map((use) => grants(use, { action: get }).kind),
      ["refused", "granted"],
    );
    assert.deepEqual(
      uses.map((use) => grants(use, { action: "s3:GetObject" }).kind),
      ["refused", "refused"],
    );
  });

  it("with the conditions of what another policy denies, and of the boundary", () => {
    const key = when("StringEquals", "aws:PrincipalTag/a", "b");
    const denied = [...worker(allow(get)), rolePolicy("more", "worker", policy(deny(get, "*", key)))];
    assert.equal(grants(first(denied), { action: get }).kind, "granted");
    const all = [
      ...worker(allow(get)),
      rolePolicy(
        "more",
        "worker",
        policy(
          deny(get, "*", when("StringLike", "aws:PrincipalTag/a", "*")),
          deny(get, "*", when("Null", "aws:PrincipalTag/a", "true")),
        ),
      ),
    ];
    assert.equal(grants(first(all), { action: get }).kind, "refused");
    const boundary = "arn:aws:iam::111111111111:policy/b";
    const bounded = [
      role("worker", { permissionsBoundary: boundary }),
      rolePolicy("rights", "worker", policy(allow(get))),
      resource("policy", "b", { props: { arn: boundary, policy: policy(allow(get, "*", key)) } }),
    ];
    assert.equal(grants(first(bounded), { action: get }).kind, "granted");
    assert.equal(
      grants(first(bounded), { action: get, context: { "aws:principaltag/a": "c" } }).kind,
      "refused",
    );
  });

  it("a boundary that is not known, or one of several, is unclear", () => {
    const boundaries = ["a", "b"].map((name) =>
      resource("policy", name, { props: { arn: unknownText, policy: policy(allow("s3:*")) } }),
    );
    const bounded = (from: readonly Resource[]) => [
      resource("role", "worker", {
        props: { name: "worker", permissionsBoundary: unknownText },
        from: { permissionsBoundary: from },
      }),
      rolePolicy("rights", "worker", policy(allow(get))),
      ...boundaries,
    ];
    const answer = { kind: "bounded", by: 'the permissions boundary of Role "worker"' };
    assert.deepEqual(grants(first(bounded([])), { action: get }), answer);
    assert.deepEqual(grants(first(bounded(boundaries)), { action: get }), answer);
    assert.deepEqual(grants(first(bounded(boundaries.slice(0, 1))), { action: get }), { kind: "refused" });
    const unknown = resource("policy", "a", { props: { arn: unknownText, policy: unknownText } });
    const stack = [...bounded([unknown]).filter(({ name }) => name !== "a"), unknown];
    assert.deepEqual(grants(first(stack), { action: get }), answer);
  });

  it("to a user by its own ARN, and to a role that has no name yet", () => {
    const byArn = (value: string) => policy(allow(get, "*", when("ArnEquals", "aws:PrincipalArn", value)));
    const user = (value: string) => [
      resource("user", "ann", { props: { name: "ann" } }),
      resource("userPolicy", "rights", { props: { user: "ann", policy: byArn(value) } }),
    ];
    assert.equal(grants(first(user("arn:aws:iam::111111111111:user/ann")), { action: get }).kind, "granted");
    assert.equal(grants(first(user("arn:aws:iam::111111111111:role/ann")), { action: get }).kind, "refused");
    const made = resource("role", "later", { props: { name: unknownText } });
    const later = resource("rolePolicy", "rights", {
      props: { role: unknownText, policy: byArn("arn:aws:iam::111111111111:role/later") },
      from: { role: [made] },
    });
    assert.equal(grants(first([made, later]), { action: get }).kind, "granted");
    const withArn = role("worker", { arn: "arn:aws:iam::111111111111:role/team/worker" });
    const named = [
      withArn,
      rolePolicy("rights", "worker", byArn("arn:aws:iam::111111111111:role/team/worker")),
    ];
    assert.equal(grants(first(named), { action: get }).kind, "granted");
    const loose = [
      resource("policy", "p", { props: { policy: byArn("arn:aws:iam::111111111111:role/any-role") } }),
    ];
    assert.equal(grants(first(loose), { action: get }).kind, "granted");
  });
});

describe("whether a document may allow an action", () => {
  const cases: readonly (readonly [string, object, boolean])[] = [
    ["the action", allow(get), true],
    ["in another case", allow("SecretsManager:getsecretvalue"), true],
    ["by a pattern", allow("secretsmanager:Get*"), true],
    ["by one character", allow("secretsmanager:GetSecretValu?"), true],
    ["everything", allow("*"), true],
    ["in a list", allow(["s3:GetObject", get]), true],
    ["by what is left out", { Effect: "Allow", NotAction: "s3:*", Resource: "*" }, true],
    ["another one", allow("secretsmanager:PutSecretValue"), false],
    ["a longer one", allow(`${get}s`), false],
    ["another pattern", allow("secretsmanager:Put*"), false],
    ["a denial", deny(get), false],
    ["a denial of what is left out", { Effect: "Deny", NotAction: "s3:*", Resource: "*" }, false],
  ];
  for (const [name, statement, expected] of cases) {
    it(name, () => assert.equal(mayAllow(document(statement), get), expected));
  }
});

describe("candidates for a condition key of an identity's request", () => {
  const requester = { kind: "account", accountId: "111111111111", ownsNetworks: true } as const;
  const other = "strongroom-unrelated";
  const cases: readonly (readonly [string, readonly string[], boolean, readonly unknown[]])[] = [
    ["iam:policyarn", ["arn:x"], true, ["arn:aws:iam::aws:policy/AdministratorAccess"]],
    ["iam:permissionsboundary", ["arn:x"], true, [undefined, "arn:aws:iam::aws:policy/AdministratorAccess"]],
    [
      "iam:passedtoservice",
      ["lambda.amazonaws.com", "*.amazonaws.com"],
      true,
      ["lambda.amazonaws.com", "any.amazonaws.com", `${other}.amazonaws.com`],
    ],
    ["iam:passedtoservice", [], true, [`${other}.amazonaws.com`]],
    ["aws:principalorgid", ["o-1"], true, ["o-1", undefined]],
    ["aws:resourceorgid", ["o-*"], false, ["o-any", undefined]],
    ["secretsmanager:secretid", ["arn:x"], true, ["arn:own"]],
    ["aws:resourcetag/team", ["a"], true, [other, undefined]],
    ["secretsmanager:resourcetag/team", ["a"], true, [other, undefined]],
    ["aws:resourcetag/team", ["a"], false, ["a", "any-other", undefined]],
    ["kms:resourcealiases", ["alias/a"], true, [other, undefined]],
    ["kms:requestalias", ["alias/a"], true, [other, undefined]],
    ["kms:encryptioncontext:secretarn", ["arn:s"], true, [other, undefined]],
    ["kms:encryptioncontextkeys", ["SecretARN"], true, [other, undefined]],
    ["kms:encryptioncontextkeysx", ["a"], true, ["a", "any-other", undefined]],
    ["secretsmanager:name", ["a"], true, [other, undefined]],
    ["secretsmanager:resource/allowrotationlambdaarn", ["arn:f"], true, [other, undefined]],
    ["aws:requestedregion", ["eu-west-1"], true, ["eu-west-1", "any-other", undefined]],
  ];
  for (const [key, named, unrelated, expected] of cases) {
    it(`${key}${unrelated ? " of something unrelated" : ""}: ${named.join(", ")}`, () => {
      assert.deepEqual(
        identityCandidates(key, new Map([[key, named]]), "arn:own", requester, unrelated),
        expected,
      );
    });
  }
  it("of a key that no document has", () => {
    assert.deepEqual(identityCandidates("aws:resourceorgid", new Map(), "arn:own", requester, true), [
      undefined,
    ]);
  });
});

describe("places", () => {
  const region = (name: string) => resource("policy", "p", { props: { region: name } });
  it("know the partition of a Region", () => {
    assert.deepEqual(
      ["eu-west-1", "cn-north-1", "us-gov-west-1", "us-east-1", "xcn-1", "eu-us-gov-1"].map(partitionOf),
      ["aws", "aws-cn", "aws-us-gov", "aws", "aws", "aws"],
    );
  });
  it("are those of the resource, with stand-ins for what is not known", () => {
    assert.deepEqual(placeOf(region("cn-north-1")), {
      partition: "aws-cn",
      region: "cn-north-1",
      accountId: "111111111111",
    });
    const nowhere = { ...resource("policy", "p", { account: null }), provider: { props: {} } };
    assert.deepEqual(placeOf(nowhere), { partition: "aws", region: "us-east-1", accountId: "000000000001" });
  });
  it("are those of the resources that the document names as well, each once", () => {
    const resources = [
      "*",
      "no ARN",
      "arn:aws:s3:::bucket",
      "arn:aws:kms:us-gov-west-1:222222222222:key/k",
      "arn:aws:kms:us-gov-west-1:222222222222:key/l",
      "arn:aws:kms:*:333333333333:key/k",
      "arn:aws:kms:us-*:1111111111112:key/k",
      "arn:aws:kms:eu-west-1:22222222222x:key/k",
    ];
    const holder = resource("policy", "p");
    assert.deepEqual(placesIn(document(allow("kms:Decrypt", resources)), holder), [
      { partition: "aws", region: "eu-west-1", accountId: "111111111111" },
      { partition: "aws-us-gov", region: "us-gov-west-1", accountId: "222222222222" },
      { partition: "aws", region: "eu-west-1", accountId: "333333333333" },
    ]);
  });
});

describe("things that no policy is about", () => {
  const place = { partition: "aws-cn", region: "cn-north-1", accountId: "111111111111" };
  const at = (service: string, region = "cn-north-1", account = "111111111111") =>
    `arn:aws-cn:${service}:${region}:${account}`;
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["secretsmanager:GetSecretValue", [`${at("secretsmanager")}:secret:strongroom-unrelated-Zz9Zz9`]],
    ["ssm:GetParameter", [`${at("ssm")}:parameter/strongroom-unrelated`]],
    [
      "iam:PassRole",
      ["role", "user", "group", "policy"].map((kind) => `${at("iam", "")}:${kind}/strongroom-unrelated`),
    ],
    ["sts:AssumeRole", [`${at("iam", "")}:role/strongroom-unrelated`]],
    [
      "s3:GetObject",
      [`${at("s3", "", "")}:strongroom-unrelated`, `${at("s3", "", "")}:strongroom-unrelated/object`],
    ],
    ["dynamodb:Scan", [`${at("dynamodb")}:table/strongroom-unrelated`]],
    ["lambda:AddPermission", [`${at("lambda")}:function:strongroom-unrelated`]],
    ["sqs:AddPermission", [`${at("sqs")}:strongroom-unrelated`]],
    ["sns:AddPermission", [`${at("sns")}:strongroom-unrelated`]],
    ["ecr:SetRepositoryPolicy", [`${at("ecr")}:repository/strongroom-unrelated`]],
    ["other:Do", [`${at("other")}:strongroom-unrelated`, `${at("other")}:thing/strongroom-unrelated`]],
  ];
  for (const [action, expected] of cases)
    it(action, () => assert.deepEqual(unrelatedArns(action, place), expected));
});

describe("things that a document names", () => {
  it("are those of the service, an example for each pattern", () => {
    const use = first(
      worker(allow("kms:*", ["arn:aws:kms:*:*:key/k*", "arn:aws:s3:::b", "arn:*:*:*:*:*", "*", "text"])),
    );
    assert.deepEqual(
      namedArns(use, "kms"),
      ["arn:aws:kms:*:111111111111:key/k*", "arn:*:*:*:111111111111:*"].map((pattern) =>
        pattern.replace(/\*/g, "any"),
      ),
    );
    assert.deepEqual(namedArns(use, "ssm").length, 1);
  });
});

describe("once", () => {
  it("asks once for each object, also for what is not there", () => {
    const asked: object[] = [];
    const find = once((key: object) => (asked.push(key), undefined));
    const [a, b] = [{}, {}];
    assert.deepEqual([find(a), find(a), find(b)], [undefined, undefined, undefined]);
    assert.deepEqual(
      asked.map((one) => one === a),
      [true, false],
    );
  });
});
