import { strict as assert } from "assert";
import { proveAccess } from "../../../iam/proof";
import { isKnown } from "../../../iam/proof/world";
import { allow, attached } from "../worlds";
import {
  decrypting,
  key,
  lines,
  mayRead,
  ORDERS,
  reading,
  role,
  secret,
  SECRET,
  SECRETS,
  whoText,
  world,
} from "./access-worlds";

const api = role("api", { identity: [mayRead] });
const writer = role("writer", {
  accountId: SECRETS,
  identity: [attached("p", allow({ Action: ["secretsmanager:*", "kms:*"] }))],
});
const one = secret([reading({ AWS: api.arn })]);
const replica = { ...one.copies[0]!, region: "eu-central-1", primaryRegion: "eu-west-1" };
const given = world({
  principals: [api, writer],
  secrets: [{ ...one, copies: [...one.copies, replica] }],
  keys: [key([decrypting({ AWS: ORDERS })])],
});

describe("the answers about a world", () => {
  it("are of every copy and class of actions", () => {
    const answers = proveAccess(given).direct("orders/database");
    const said = answers.map(({ region, arn, accesses }) => ({
      region,
      arn,
      ...Object.fromEntries(
        Object.entries(accesses).map(([kind, list]) => [
          kind,
          list.flatMap(({ who, operation }) =>
            who.kind === "principal" ? [`${whoText(who).slice(18)} ${operation}`] : [],
          ),
        ]),
      ),
    }));
    const read = ["writer GetSecretValue", "api GetSecretValue"];
    assert.deepEqual(said, [
      {
        region: "eu-west-1",
        arn: SECRET,
        read,
        write: ["writer PutSecretValue", "writer UpdateSecret", "writer UpdateSecretVersionStage"],
        rotate: ["writer RotateSecret"],
        "change-policy": [
          "writer PutResourcePolicy",
          "writer DeleteResourcePolicy",
          "writer ReplicateSecretToRegions",
          "writer PutKeyPolicy",
          "writer CreateGrant",
        ],
      },
      {
        region: "eu-central-1",
        arn: SECRET,
        read,
        write: [],
        rotate: [],
        "change-policy": ["writer PutKeyPolicy", "writer CreateGrant"],
      },
    ]);
  });

  it("are worked out once, when they are looked at", () => {
    const proof = proveAccess(given);
    const [copy] = proof.direct("orders/database");
    assert.deepEqual(proof.counts(), { pairs: 0, branches: 0 });
    assert.equal(copy!.accesses.read, copy!.accesses.read);
    const { pairs } = proof.counts();
    assert.equal(pairs > 0, true);
    assert.equal(copy!.accesses.read.length > 0 && proof.counts().pairs, pairs);
  });

  it("say what the search has cost", () => {
    const condition = { Condition: { StringEquals: { "aws:UserAgent": "x" } } };
    const proof = proveAccess({ ...given, secrets: [secret([reading({ AWS: api.arn }, condition)])] });
    assert.deepEqual(lines(proof.direct("orders/database")[0]!.accesses.read), [
      `${SECRETS}:role/writer: always`,
      `${ORDERS}:role/api: aws:UserAgent is x`,
      `others of ${SECRETS}: always`,
    ]);
    assert.equal(proof.counts().branches > 0, true);
  });

  it("are none about what is not there", () => {
    const proof = proveAccess(given);
    const error = { message: "there is no secret none" };
    assert.throws(() => proof.direct("none"), error);
    assert.throws(() => proof.secret("none"), error);
    assert.throws(() => proof.replay({ secretId: "none", principal: api.arn }), error);
  });

  it("take requests from the given time on", () => {
    const until = { Condition: { DateLessThan: { "aws:CurrentTime": "2026-06-01T00:00:00Z" } } };
    const readers = (since?: string) =>
      proveAccess({
        ...given,
        ...(since !== undefined && { since }),
        secrets: [secret([reading({ AWS: api.arn }, until)])],
      })
        .direct("orders/database")[0]!
        .accesses.read.flatMap(({ who }) => (who.kind === "principal" ? [who.arn] : []));
    assert.deepEqual(
      [readers(), readers("2026-05-31T23:59:59Z"), readers("2026-06-01T00:00:00Z")],
      [[writer.arn, api.arn], [writer.arn, api.arn], [writer.arn]],
    );
  });
});

describe("a document of the world", () => {
  it("is known or not", () => {
    assert.deepEqual([isKnown(attached("p")), isKnown({ source: "p", unknown: "x" })], [true, false]);
  });
});
