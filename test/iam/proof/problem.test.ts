import { strict as assert } from "assert";
import { AccessWorld, Endpoint, NamedPrincipal } from "../../../iam/proof";
import { anonymousSubject, serviceSubject } from "../../../iam/proof/class-subjects";
import { namedSubjects } from "../../../iam/proof/named-subjects";
import { Numbering } from "../../../iam/proof/open-test";
import { operationsOf } from "../../../iam/proof/operations";
import { Problem, problemOf } from "../../../iam/proof/problem";
import { Subject } from "../../../iam/proof/subject";
import { WorldIndex } from "../../../iam/proof/world-index";
import { allow, attached, deny } from "../worlds";
import { decrypting, key, mayRead, ORDERS, reading, role, secret, SECRETS, world } from "./access-worlds";

const api = role("api", { identity: [mayRead] });
const readable = world({
  secrets: [secret([reading({ AWS: api.arn })])],
  keys: [key([decrypting({ AWS: ORDERS })])],
});
const agent = { Condition: { StringEquals: { "aws:UserAgent": "x" } } };
const numbering = new Numbering();

interface Given {
  readonly caller?: NamedPrincipal | Subject;
  readonly world?: AccessWorld;
  readonly endpoints?: readonly Endpoint[];
  readonly operation?: string;
}

function problem({
  caller = api,
  world: given = readable,
  endpoints = [],
  operation = "GetSecretValue",
}: Given = {}) {
  const index = new WorldIndex(given);
  const subject = "who" in caller ? caller : namedSubjects(caller, [], index)[0]!;
  const copy = given.secrets[0]!.copies[0]!;
  const operations = (["read", "rotate", "change-policy"] as const).flatMap((kind) =>
    operationsOf(kind, copy, index),
  );
  return problemOf(
    operations.find((one) => one.operation === operation)!,
    subject,
    endpoints,
    numbering,
  );
}

/** Whether it is allowed in the best case and in the worst. */
function allowed(found: Problem | undefined, endpoint?: string): string {
  if (found === undefined) return "certainly denied";
  const [best, worst] = [true, false].map((inFavour) => {
    found.slate.inFavour = inFavour;
    return found.isAllowed(endpoint);
  });
  return best === worst ? (best ? "allowed" : "denied") : "open";
}

const document = (statement: Parameters<typeof attached>[1]) => attached("d", statement);
const nothing = document(allow({ Action: "s3:*" }));
const accounts = (given: Partial<AccessWorld["accounts"][number]>) => ({
  ...readable,
  accounts: [
    { id: SECRETS, ...given },
    { id: ORDERS, ...given },
  ],
});

describe("an operation by a caller, as far as circumstances decide it", () => {
  const cases: readonly (readonly [name: string, given: Given, allowed: string])[] = [
    ["with all that it needs", {}, "allowed"],
    ["without its own policy", { caller: role("api") }, "denied"],
    [
      "denied by its own policy",
      { caller: role("api", { identity: [document(deny())] }) },
      "certainly denied",
    ],
    ["without the secret's policy", { world: world({ keys: readable.keys }) }, "certainly denied"],
    ["without the key's policy", { world: { ...readable, keys: [key()] } }, "certainly denied"],
    [
      "by a grant",
      {
        world: {
          ...readable,
          keys: [key([], { grants: [{ grantId: "g", granteePrincipal: api.arn, operations: ["Decrypt"] }] })],
        },
      },
      "allowed",
    ],
    [
      "with a condition",
      { world: { ...readable, secrets: [secret([reading({ AWS: api.arn }, agent)])] } },
      "open",
    ],
    ["with a boundary", { caller: { ...api, boundary: document(allow()) } }, "allowed"],
    ["past its boundary", { caller: { ...api, boundary: nothing } }, "denied"],
    ["denied by its boundary", { caller: { ...api, boundary: document(deny()) } }, "certainly denied"],
    ["with session policies", { caller: { ...api, session: [document(allow())] } }, "allowed"],
    ["past its session policies", { caller: { ...api, session: [nothing] } }, "denied"],
    ["with service control policies", { world: accounts({ scps: [[document(allow())]] }) }, "allowed"],
    ["past one level of them", { world: accounts({ scps: [[document(allow())], [nothing]] }) }, "denied"],
    [
      "denied by one of them",
      { world: accounts({ scps: [[document(allow())], [document(deny())]] }) },
      "certainly denied",
    ],
    [
      "with resource control policies",
      { world: accounts({ rcps: [[document(allow({ Principal: "*" }))]] }) },
      "allowed",
    ],
    ["past one of them", { world: accounts({ rcps: [[nothing]] }) }, "denied"],
    [
      "denied by one of them",
      { world: accounts({ rcps: [[document(deny({ Principal: "*", Action: "kms:*" }))]] }) },
      "certainly denied",
    ],
    [
      "of a service-linked role, whom the organisation's policies do not reach",
      {
        caller: role("aws-service-role/x/y", { identity: [mayRead] }),
        world: {
          ...accounts({ scps: [[document(deny())]], rcps: [[document(deny({ Principal: "*" }))]] }),
          secrets: [secret([reading("*")])],
        },
      },
      "allowed",
    ],
    ["changing the key's policy from another account", { operation: "PutKeyPolicy" }, "certainly denied"],
    [
      "changing the key's policy without an account",
      { operation: "PutKeyPolicy", caller: anonymousSubject },
      "certainly denied",
    ],
    [
      "changing the key's policy from its own",
      {
        operation: "PutKeyPolicy",
        caller: role("own", { accountId: SECRETS, identity: [document(allow())] }),
      },
      "allowed",
    ],
  ];
  for (const [name, given, expected] of cases)
    it(name, () => assert.equal(allowed(problem(given)), expected));

  it("asks for the function of the caller's own account only", () => {
    const rotated = {
      ...world(),
      secrets: [
        secret([reading("*", { Action: "secretsmanager:RotateSecret" })], {
          rotationFunction: `arn:aws:lambda:eu-west-1:${SECRETS}:function:f`,
        }),
      ],
    };
    const may = (accountId: string, Action: string | readonly string[]) =>
      allowed(
        problem({
          operation: "RotateSecret",
          world: rotated,
          caller: role("x", { accountId, identity: [document(allow({ Action }))] }),
        }),
      );
    const both = ["secretsmanager:RotateSecret", "lambda:InvokeFunction"];
    assert.deepEqual(
      [may(ORDERS, both[0]!), may(SECRETS, both[0]!), may(SECRETS, both)],
      ["allowed", "denied", "allowed"],
    );
    const of = (caller: Subject) => allowed(problem({ operation: "RotateSecret", world: rotated, caller }));
    assert.deepEqual([of(anonymousSubject), of(serviceSubject("a.b"))], ["allowed", "allowed"]);
  });
});

describe("an operation through endpoints", () => {
  const endpoint = (id: string, policy?: Endpoint["policy"]): Endpoint => ({
    id,
    vpcId: "vpc-1",
    accountId: ORDERS,
    region: "eu-west-1",
    service: "secretsmanager",
    ...(policy && { policy }),
  });
  const endpoints = [
    endpoint("plain"),
    endpoint("full", document(allow({ Principal: "*" }))),
    endpoint("none", document(allow({ Principal: "*", Action: "s3:*" }))),
    endpoint("denies", attached("e", allow({ Principal: "*" }), deny({ Principal: "*", ...agent }))),
    endpoint("never", document(deny({ Principal: "*" }))),
    endpoint("open", document(allow({ Principal: "*", ...agent }))),
    endpoint("unknown", { source: "e", unknown: "not made" }),
  ];

  it("is held up by those whose policies make a difference", () => {
    const found = problem({ endpoints })!;
    assert.deepEqual([...found.restricting], ["none", "denies", "never", "open", "unknown"]);
    assert.deepEqual(
      [undefined, ...endpoints.map(({ id }) => id)].map((id) => `${id} ${allowed(found, id)}`),
      [
        "undefined allowed",
        "plain allowed",
        "full allowed",
        "none denied",
        "denies open",
        "never denied",
        "open open",
        "unknown open",
      ],
    );
  });

  it("is held up at its first request only", () => {
    const kms = document(allow({ Principal: "*", Action: "secretsmanager:*" }));
    const found = problem({ endpoints: [endpoint("no key", kms)] })!;
    assert.deepEqual([[...found.restricting], allowed(found, "no key")], [[], "allowed"]);
  });
});

describe("the signature of a problem", () => {
  const signature = (given: Given = {}) => problem(given)!.signature;

  it("is the same for callers who differ in nothing that matters", () => {
    const second = role("second", { identity: [mayRead] });
    const both = { ...readable, secrets: [secret([reading({ AWS: [api.arn, second.arn] })])] };
    assert.equal(signature({ world: both }), signature({ world: both, caller: second }));
  });

  it("is another where a document says something else, or another kind of document says it", () => {
    const endpoint: Endpoint = {
      id: "vpce-1",
      vpcId: "vpc-1",
      accountId: ORDERS,
      region: "eu-west-1",
      service: "secretsmanager",
      policy: nothing,
    };
    const full = document(allow());
    const signatures = [
      {},
      { caller: role("api") },
      { caller: { ...api, boundary: full } },
      { caller: { ...api, boundary: nothing } },
      { caller: { ...api, session: [full] } },
      { caller: { ...api, identity: [mayRead, full] } },
      { world: accounts({ scps: [[full]] }) },
      { world: accounts({ scps: [[full], [full]] }) },
      { world: accounts({ scps: [[full, full]] }) },
      { world: accounts({ rcps: [[full]] }) },
      { world: { ...readable, secrets: [secret([reading({ AWS: ORDERS })])] } },
      { world: { ...readable, secrets: [secret([reading({ AWS: api.arn }, agent)])] } },
      { endpoints: [endpoint] },
      { endpoints: [{ ...endpoint, id: "vpce-2" }] },
      { caller: { ...api, accountId: SECRETS } },
    ].map((given) => signature(given));
    assert.deepEqual(
      signatures.filter((one, index) => signatures.indexOf(one) !== index),
      [],
    );
  });
});
