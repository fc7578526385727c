import { strict as assert } from "assert";
import { KmsGrant } from "../../../iam";
import { anonymousSubject } from "../../../iam/proof/class-subjects";
import { grantsOf, requestOf } from "../../../iam/proof/open-grants";
import { Draft } from "../../../iam/proof/open-policy";
import { FAILS, HOLDS, Slate, UNDECIDED } from "../../../iam/proof/slate";
import { arnOfRole, key, KEY, role, SECRET, SECRETS, world } from "./access-worlds";
import { pairIn, pairWith } from "./pairs";

const api = role("api");
const grant = (grantId: string, given: Partial<KmsGrant> = {}): KmsGrant => ({
  grantId,
  granteePrincipal: api.arn,
  operations: ["Decrypt"],
  ...given,
});
const pairFor = (...grants: readonly KmsGrant[]) =>
  pairIn(world({ keys: [key([], { grants })] }), api, "forwarded");
const draft = (): Draft => ({ slate: new Slate(), signature: [], open: [] });

describe("what grants compare", () => {
  it("is the encryption context, with the version open", () => {
    assert.deepEqual(requestOf(pairFor()), {
      principal: {
        kind: "role-session",
        accountId: api.accountId,
        roleArn: api.arn,
        sessionArn: `arn:aws:sts::${api.accountId}:assumed-role/api/any-session`,
      },
      action: "kms:Decrypt",
      resource: { arn: KEY, accountId: SECRETS },
      context: { "kms:encryptioncontext:secretarn": SECRET, "kms:encryptioncontext:secretversionid": "" },
    });
  });

  it("is nothing in the caller's own request", () => {
    assert.deepEqual(requestOf(pairIn()).context, {});
  });
});

describe("grants that may let a caller in", () => {
  const ids = (grants: readonly KmsGrant[]) => grants.map(({ grantId }) => grantId);

  it("are none of a resource without grants", () => {
    assert.equal(grantsOf(pairIn(), draft()), undefined);
  });

  it("are those for the caller, the operation and the secret", () => {
    const plain = grant("plain");
    const ofSecret = grant("secret", { encryptionContextSubset: { SecretARN: SECRET } });
    const on = draft();
    const found = grantsOf(
      pairFor(
        plain,
        ofSecret,
        grant("other caller", { granteePrincipal: arnOfRole("b") }),
        grant("other operation", { operations: ["Encrypt"] }),
        grant("other secret", { encryptionContextSubset: { SecretARN: "x" } }),
      ),
      on,
    );
    assert.deepEqual(ids(found!()), ["plain", "secret"]);
    assert.deepEqual(
      [on.open, on.slate.tests, on.signature],
      [[], [], [plain, ofSecret].map((one) => `grant ${JSON.stringify(one)}`)],
    );
  });

  it("are for one version as the slate has it", () => {
    const on = draft();
    const subset = grant("subset", { encryptionContextSubset: { SecretVersionId: "v1" } });
    const equals = grant("equals", { encryptionContextEquals: { SecretARN: SECRET, secretversionid: "v2" } });
    const found = grantsOf(pairFor(grant("plain"), subset, equals), on)!;
    assert.deepEqual(on.open, [[0], [1]]);
    assert.deepEqual(
      on.slate.tests.map(({ keys, holds }) => [
        keys.map(({ key: name, atoms, domain }) => [name, atoms.map(({ text }) => text), domain.group]),
        ["v1", "v2", undefined].map((value) => holds(() => value)),
      ]),
      [
        [[["kms:encryptioncontext:secretversionid", ["v1"], "version"]], [true, false, false]],
        [[["kms:encryptioncontext:secretversionid", ["v2"], "version"]], [false, true, false]],
      ],
    );
    assert.deepEqual(
      on.signature.slice(1),
      on.slate.tests.map(({ id }) => `grant [${id}]`),
    );
    const seen = [UNDECIDED, HOLDS, FAILS].flatMap((truth) =>
      [true, false].map((inFavour) => {
        on.slate.truths[0] = truth;
        on.slate.inFavour = inFavour;
        on.slate.truths[1] = FAILS;
        return ids(found());
      }),
    );
    const [without, withSubset] = [["plain"], ["plain", "subset"]];
    assert.deepEqual(seen, [withSubset, without, withSubset, withSubset, without, without]);
    on.slate.truths[0] = HOLDS;
    assert.deepEqual(found()[1], grant("subset"));
  });

  it("are for no version of another secret", () => {
    const on = draft();
    const other = grant("g", { encryptionContextEquals: { SecretARN: "x", SecretVersionId: "v" } });
    assert.deepEqual([grantsOf(pairFor(other), on)!(), on.open], [[], []]);
  });

  it("are for no version in the caller's own request, nor for a caller without an ARN", () => {
    const versioned = grant("g", { encryptionContextSubset: { SecretVersionId: "v" } });
    const own = pairFor(versioned);
    const direct = { ...own, frame: { ...own.frame, free: new Map() } };
    assert.deepEqual(
      [grantsOf(direct, draft())!(), grantsOf(pairWith(own, anonymousSubject), draft())!()],
      [[], []],
    );
  });
});
