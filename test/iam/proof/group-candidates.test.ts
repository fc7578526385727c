import { strict as assert } from "assert";
import { groupCandidates } from "../../../iam/proof/group-candidates";
import { asked, atom, literals } from "./atoms";
import { memberText } from "./state-text";

const surroundings = { endpoints: [], region: "eu-west-1", membership: () => undefined, accountIds: [] };
const SINCE = Date.parse("2026-01-01T00:00:00Z");

function candidates(group: string, ...given: Parameters<typeof asked>) {
  const keys = asked(...given);
  const { members, atoms, complete } = groupCandidates(group, keys, surroundings, SINCE);
  assert.deepEqual([...atoms.keys()], group === "route" ? [...atoms.keys()] : [...keys.keys()]);
  return { members: members.map(memberText), complete };
}

const STAGE = "secretsmanager:versionstage";
const ID = "secretsmanager:versionid";
const KMS_ID = "kms:encryptioncontext:secretversionid";
const ZEROS = "0".repeat(32);

describe("the ways of a single key", () => {
  it("are its classes", () => {
    assert.deepEqual(candidates("key:aws:x", { "aws:x": literals("a") }), {
      members: ["", "x=x", "x=a"],
      complete: true,
    });
  });

  it("are two of each when it is compared", () => {
    assert.deepEqual(candidates("key:aws:x", { "aws:x": [] }, { mayBeAbsent: false }, true).members, [
      "x=x",
      "x=y",
    ]);
  });

  it("are not all there are when its atoms do not go together", () => {
    const atoms = [atom("NumericEquals", "1"), ...literals("a")];
    assert.equal(candidates("key:aws:x", { "aws:x": atoms }).complete, false);
  });

  it("are those of no key when none is asked about", () => {
    const { members, atoms } = groupCandidates("key:none", new Map(), surroundings, SINCE);
    assert.deepEqual(
      [members.map((one) => [...one.values]), [...atoms]],
      [[[["", undefined]], [["", "x"]]], []],
    );
  });
});

describe("the ways of the other groups", () => {
  it("are routes and times", () => {
    assert.equal(
      candidates("route", { "aws:sourceip": [] }).members[0],
      "sourceip=x viaawsservice=false >calledvia=[secretsmanager.amazonaws.com] >calledviafirst=secretsmanager.amazonaws.com",
    );
    assert.deepEqual(candidates("time", { "aws:currenttime": [] }).members, [
      "currenttime=2026-01-01T00:00:00.000Z epochtime=1767225600",
    ]);
  });
});

describe("the ways to ask for a version", () => {
  const short = ({ members, complete }: ReturnType<typeof candidates>) => ({
    members: members.map((text) =>
      text.replaceAll(ZEROS, "0…").replace(KMS_ID, "kms").replaceAll("secretsmanager:version", ""),
    ),
    complete,
  });

  it("are by the current label, by another, and by id", () => {
    assert.deepEqual(
      short(candidates("version", { [STAGE]: literals("AWSCURRENT", "AWSPENDING") }, { group: "version" })),
      {
        members: ["stage=AWSCURRENT kms=0…", "stage=x kms=0…", "stage=AWSPENDING kms=0…", "id=0… kms=0…"],
        complete: true,
      },
    );
  });

  it("tell ids apart, asked of either service", () => {
    const one = "a".repeat(32);
    const both = candidates("version", { [ID]: literals(one) }, { group: "version" });
    const ofKms = candidates("version", { [KMS_ID]: literals(one) }, { group: "version" });
    const members = [ZEROS, one].flatMap((id) => [
      `${STAGE}=AWSCURRENT ${KMS_ID}=${id}`,
      `${STAGE}=x ${KMS_ID}=${id}`,
      `${ID}=${id} ${KMS_ID}=${id}`,
    ]);
    assert.deepEqual(
      [both, ofKms],
      [
        { members, complete: true },
        { members, complete: true },
      ],
    );
  });

  it("are not all there are when atoms do not go together", () => {
    const mixed = [atom("NumericEquals", "1"), ...literals("a")];
    assert.deepEqual(
      [STAGE, ID, KMS_ID].map((key) => candidates("version", { [key]: mixed }).complete),
      [false, false, false],
    );
  });
});

describe("the ways of the second factor", () => {
  const PRESENT = "aws:multifactorauthpresent";
  const AGE = "aws:multifactorauthage";

  it("are without, not given and given", () => {
    assert.deepEqual(candidates("mfa", { [PRESENT]: [] }), {
      members: ["", "multifactorauthpresent=false", "multifactorauthpresent=true multifactorauthage=60"],
      complete: true,
    });
  });

  it("always say whether, of a role", () => {
    assert.deepEqual(candidates("mfa", { [PRESENT]: [] }, { mayBeAbsent: false }).members, [
      "multifactorauthpresent=false",
      "multifactorauthpresent=true multifactorauthage=60",
    ]);
  });

  it("tell ages apart that are not negative", () => {
    const given = (bound: string) => candidates("mfa", { [AGE]: [atom("NumericLessThan", bound)] });
    assert.deepEqual(
      [given("3600"), given("0"), given("-5")].map(({ members }) =>
        members.map((text) => text.replaceAll("multifactorauth", "")),
      ),
      [
        ["", "present=false", "present=true age=3599", "present=true age=3600", "present=true age=3601"],
        ["", "present=false", "present=true age=0", "present=true age=1"],
        ["", "present=false", "present=true age=60"],
      ],
    );
  });

  it("are not all there are when atoms do not go together", () => {
    const mixed = [atom("NumericEquals", "1"), ...literals("a")];
    assert.deepEqual(
      [PRESENT, AGE].map((key) => candidates("mfa", { [key]: mixed }).complete),
      [true, false],
    );
  });
});
