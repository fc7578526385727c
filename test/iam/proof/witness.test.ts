import { strict as assert } from "assert";
import { AccessWorld, Endpoint, NamedPrincipal } from "../../../iam/proof";
import { anonymousSubject, serviceSubject } from "../../../iam/proof/class-subjects";
import { Member } from "../../../iam/proof/dimension";
import { namedSubjects } from "../../../iam/proof/named-subjects";
import { operationsOf } from "../../../iam/proof/operations";
import { Subject } from "../../../iam/proof/subject";
import { WorldIndex } from "../../../iam/proof/world-index";
import { documentsOf, scenarioOf } from "../../../iam/proof/witness";
import { inOneLine } from "../outcome";
import { allow, attached, deny } from "../worlds";
import {
  decrypting,
  key,
  KEY,
  mayRead,
  ORDERS,
  ORGANIZATION,
  reading,
  role,
  secret,
  SECRET,
  SECRETS,
  user,
  world,
} from "./access-worlds";
import { valueText } from "./state-text";

const SINCE = Date.parse("2026-01-01T00:00:00Z");
const VERSION = "00000000-0000-4000-8000-000000000000";

function scenario(
  caller: NamedPrincipal | Subject,
  choices: Readonly<Record<string, Member>> = {},
  given: AccessWorld = world(),
  kind: Parameters<typeof operationsOf>[0] = "read",
  tags?: readonly string[],
) {
  const index = new WorldIndex(given);
  const subject = "who" in caller ? caller : namedSubjects(caller, [], index)[0]!;
  const [operation] = operationsOf(kind, given.secrets[0]!.copies[0]!, index);
  return scenarioOf(operation!, subject, new Map(Object.entries(choices)), SINCE, tags);
}

const contexts = (...given: Parameters<typeof scenario>) =>
  scenario(...given).steps.map(({ request }) =>
    Object.fromEntries(Object.entries(request.context).map(([name, value]) => [name, valueText(value)])),
  );

const member = (values: Readonly<Record<string, string | undefined>>, endpoint?: Endpoint): Member => ({
  values: new Map(Object.entries(values)),
  ...(endpoint && { endpoint }),
});

const of = {
  caller: {
    "aws:principalarn": `arn:aws:iam::${ORDERS}:role/api`,
    "aws:principalaccount": ORDERS,
    "aws:principalorgid": ORGANIZATION,
    "aws:principalorgpaths": `[${ORGANIZATION}/r-ab12/]`,
    "aws:principaltype": "AssumedRole",
    "aws:principalisawsservice": "false",
    "aws:userid": "AROAX:X",
    "aws:securetransport": "true",
    "aws:currenttime": "2026-01-01T00:00:00.000Z",
    "aws:epochtime": "1767225600",
    "aws:tokenissuetime": "2025-12-31T23:59:59.000Z",
    "aws:multifactorauthpresent": "false",
  },
  resource: {
    "aws:requestedregion": "eu-west-1",
    "aws:resourceaccount": SECRETS,
    "aws:resourceorgid": ORGANIZATION,
    "aws:resourceorgpaths": `[${ORGANIZATION}/r-ab12/]`,
  },
  direct: { "aws:viaawsservice": "false", "aws:sourceip": "198.51.100.77" },
  secret: { "secretsmanager:secretid": SECRET, "secretsmanager:versionstage": "AWSCURRENT" },
  forwarded: {
    "aws:viaawsservice": "true",
    "aws:calledvia": "[secretsmanager.amazonaws.com]",
    "aws:calledviafirst": "secretsmanager.amazonaws.com",
    "aws:calledvialast": "secretsmanager.amazonaws.com",
  },
  key: {
    "kms:calleraccount": ORDERS,
    "kms:keyspec": "SYMMETRIC_DEFAULT",
    "kms:keyusage": "ENCRYPT_DECRYPT",
    "kms:keyorigin": "AWS_KMS",
    "kms:multiregion": "false",
    "kms:viaservice": "secretsmanager.eu-west-1.amazonaws.com",
    "kms:encryptionalgorithm": "SYMMETRIC_DEFAULT",
    "kms:encryptioncontext:secretarn": SECRET,
    "kms:encryptioncontextkeys": "[SecretARN SecretVersionId]",
    "kms:encryptioncontext:secretversionid": VERSION,
  },
};

describe("the requests of a call", () => {
  it("say what requests usually say", () => {
    assert.deepEqual(contexts(role("api")), [
      { ...of.caller, ...of.resource, ...of.direct, ...of.secret },
      { ...of.caller, ...of.resource, ...of.forwarded, ...of.key },
    ]);
  });

  it("say what is chosen", () => {
    const [direct, forwarded] = contexts(role("api"), {
      route: member({
        "aws:sourceip": "10.0.0.1",
        "aws:viaawsservice": "false",
        ">aws:calledvia": "x",
        "aws:calledviafirst": undefined,
      }),
      time: member({ "aws:currenttime": "2027-01-01T00:00:00.000Z" }),
      mfa: member({ "aws:multifactorauthpresent": "true", "aws:multifactorauthage": "60" }),
      version: member({ "secretsmanager:versionid": "v", "kms:encryptioncontext:secretversionid": "v" }),
      "key:aws:useragent": member({ "aws:useragent": "agent" }),
      "key:aws:referer": member({ "aws:referer": undefined }),
    });
    const chosen = {
      "aws:currenttime": "2027-01-01T00:00:00.000Z",
      "aws:tokenissuetime": "2026-12-31T23:59:59.000Z",
      "aws:multifactorauthpresent": "true",
      "aws:multifactorauthage": "60",
      "aws:useragent": "agent",
    };
    const { "secretsmanager:versionstage": _, ...secretKeys } = of.secret;
    assert.deepEqual(direct, {
      ...of.caller,
      ...of.resource,
      ...secretKeys,
      ...chosen,
      "secretsmanager:versionid": "v",
      "aws:sourceip": "10.0.0.1",
      "aws:viaawsservice": "false",
    });
    const { "aws:calledviafirst": __, ...viaKeys } = of.forwarded;
    assert.deepEqual(forwarded, {
      ...of.caller,
      ...of.resource,
      ...viaKeys,
      "aws:calledvia": "x",
      ...of.key,
      ...chosen,
      "kms:encryptioncontext:secretversionid": "v",
    });
  });

  it("of a user say whether there are temporary credentials only when chosen", () => {
    const [direct] = contexts(user("alice"), { mfa: member({}) });
    assert.deepEqual(
      [
        direct!["aws:multifactorauthpresent"],
        direct!["aws:username"],
        direct!["aws:userid"],
        direct!["aws:tokenissuetime"],
      ],
      [undefined, "alice", "AIDAX", "2025-12-31T23:59:59.000Z"],
    );
    assert.equal(contexts(user("alice"))[0]!["aws:multifactorauthpresent"], undefined);
  });

  it("have the caller's tags and those that are asked for", () => {
    const tagged = role("api", { tags: { Team: "orders" } });
    const [direct] = contexts(tagged, {}, world(), "read", [
      "aws:resourcetag/x",
      "aws:securetransport",
      "aws:notakey",
    ]);
    assert.deepEqual(
      [direct!["aws:principaltag/team"], direct!["aws:resourcetag/x"], "aws:notakey" in direct!],
      ["orders", undefined, false],
    );
  });

  it("put in what a parameter must say", () => {
    const [direct] = contexts(role("api"), {}, world(), "change-policy");
    assert.equal(direct!["secretsmanager:blockpublicpolicy"], "false");
    assert.equal(
      contexts(role("api"), {}, world(), "rotate")[0]!["secretsmanager:rotateimmediately"],
      undefined,
    );
  });
});

describe("a call", () => {
  const given = (statements: Parameters<typeof secret>[0], more: Partial<AccessWorld> = {}) =>
    world({ secrets: [secret(statements)], keys: [key([decrypting({ AWS: ORDERS })])], ...more });
  const api = role("api", { identity: [mayRead] });
  const decisions = ({ steps }: ReturnType<typeof scenario>) =>
    steps.map(({ decision }) => inOneLine(decision));

  it("is decided request by request", () => {
    assert.deepEqual(decisions(scenario(api, {}, given([reading({ AWS: api.arn })]))), [
      "allowed by secret policy[0] + inline policy read[0]",
      "allowed by key policy[1] + inline policy read[1]",
    ]);
    assert.deepEqual(decisions(scenario(api, {}, world())), [
      "no-resource-policy",
      `key-policy-does-not-delegate ${ORDERS}`,
    ]);
  });

  it("through an endpoint has its policy at the first request only", () => {
    const endpoint: Endpoint = {
      id: "vpce-1",
      vpcId: "vpc-1",
      accountId: ORDERS,
      region: "eu-west-1",
      service: "secretsmanager",
      policy: attached("endpoint policy", deny({ Principal: "*" })),
    };
    const through = scenario(api, { route: member({}, endpoint) }, given([reading({ AWS: api.arn })]));
    assert.deepEqual(
      [through.endpointId, through.operation, decisions(through)],
      [
        "vpce-1",
        "GetSecretValue",
        ["denied by endpoint endpoint policy[0]", "allowed by key policy[1] + inline policy read[1]"],
      ],
    );
    assert.equal("endpointId" in scenario(api), false);
  });

  it("invokes the function of the caller's account only", () => {
    const rotating = world({
      secrets: [secret([], { rotationFunction: `arn:aws:lambda:eu-west-1:${SECRETS}:function:f` })],
    });
    const actions = (caller: NamedPrincipal | Subject) =>
      scenario(caller, {}, rotating, "rotate").steps.map(({ request }) => request.action);
    const both = ["secretsmanager:RotateSecret", "lambda:InvokeFunction"];
    assert.deepEqual(
      [
        actions(role("own", { accountId: SECRETS })),
        actions(api),
        actions(anonymousSubject),
        actions(serviceSubject("lambda.amazonaws.com")),
      ],
      [both, both.slice(0, 1), both.slice(0, 1), both.slice(0, 1)],
    );
  });

  it("keeps requests that no other account can make", () => {
    const put = scenarioOf(
      operationsOf("change-policy", secret().copies[0]!, new WorldIndex(world())).find(
        ({ operation }) => operation === "PutKeyPolicy",
      )!,
      namedSubjects(api, [], new WorldIndex(world()))[0]!,
      new Map(),
      SINCE,
    );
    assert.deepEqual(
      put.steps.map(({ request: { action, resource, principal } }) => [action, resource.arn, principal.kind]),
      [["kms:PutKeyPolicy", KEY, "role-session"]],
    );
  });
});

describe("the documents that decide", () => {
  it("are those that are known", () => {
    const known = attached("known", allow());
    const unknown = { source: "unknown", unknown: "not made" };
    const subject = {
      identity: [known, unknown],
      boundary: known,
      session: [unknown],
      scps: [[known, unknown], [unknown]],
    } as unknown as Subject;
    const frame = { policy: unknown, rcps: [[known]], grants: [] } as never;
    assert.deepEqual(documentsOf(frame, subject, known), {
      identity: [known],
      boundary: known,
      session: [],
      endpoint: known,
      scps: [[known], []],
      rcps: [[known]],
      grants: [],
    });
    assert.deepEqual(documentsOf({} as never, { identity: [] } as unknown as Subject, unknown), {
      identity: [],
    });
  });
});
