import { strict as assert } from "assert";
import { GroupKey } from "../../../iam/proof/group-keys";
import { timeCandidates } from "../../../iam/proof/time-candidates";
import { asked, atom, literals } from "./atoms";
import { memberText } from "./state-text";

const SINCE = Date.parse("2026-01-01T00:00:00Z");
const texts = (keys: ReadonlyMap<string, GroupKey>) =>
  timeCandidates(keys, SINCE).members.map((member) =>
    memberText(member).replaceAll(":00.000Z", "").replaceAll(".000Z", "").replaceAll("2026-01-", ""),
  );

describe("times of requests", () => {
  it("are the first one when nothing is asked", () => {
    assert.deepEqual(texts(new Map()), ["currenttime=01T00:00 epochtime=1767225600"]);
  });

  it("are around each time from the first on", () => {
    const before = atom("DateLessThan", "2025-06-01T00:00:00Z");
    const after = atom("DateGreaterThan", "2026-01-02T00:00:00Z");
    assert.deepEqual(texts(asked({ "aws:currenttime": [after, before] }, { mayBeAbsent: false })), [
      "currenttime=01T00:00 epochtime=1767225600",
      "currenttime=01T23:59:59 epochtime=1767311999",
      "currenttime=02T00:00 epochtime=1767312000",
      "currenttime=02T00:00:01 epochtime=1767312001",
    ]);
  });

  it("come in their order, the earliest possible one once", () => {
    const atoms = ["2026-01-03T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"].map((time) =>
      atom("DateLessThan", time),
    );
    assert.deepEqual(
      texts(asked({ "aws:currenttime": atoms })).map((text) => text.replace(/ .*/, "").replace(/\w+=/, "")),
      [
        ...["01T00:00", "01T00:00:01"],
        ...["01T23:59:59", "02T00:00", "02T00:00:01"],
        ...["02T23:59:59", "03T00:00", "03T00:00:01"],
      ],
    );
  });

  it("are around numbers of seconds, and not around what is no number", () => {
    const atoms = [atom("NumericLessThan", "1767225660"), atom("NumericLessThan", "soon")];
    assert.deepEqual(texts(asked({ "aws:epochtime": atoms })), [
      "currenttime=01T00:00 epochtime=1767225600",
      "currenttime=01T00:00:59 epochtime=1767225659",
      "currenttime=01T00:01 epochtime=1767225660",
      "currenttime=01T00:01:01 epochtime=1767225661",
    ]);
  });

  it("have credentials issued shortly before, or around each time, within 36 hours", () => {
    const keys = asked(
      { "aws:tokenissuetime": [atom("DateLessThan", "2026-01-02T00:00:00Z")] },
      { mayBeAbsent: false },
    );
    const pairs = texts(keys).map((text) => text.replace(/epochtime=\d+ /, "").replace(/\w+=/g, ""));
    assert.deepEqual(pairs, [
      "01T00:00 2025-12-31T23:59:59",
      "01T23:59:59 01T23:59:58",
      "01T23:59:59 01T23:59:59",
      "02T00:00 01T23:59:59",
      "02T00:00 02T00:00",
      "02T00:00:01 02T00:00",
      "02T00:00:01 01T23:59:59",
      "02T00:00:01 02T00:00:01",
      "02T00:59:59 02T00:59:58",
      "02T00:59:59 01T23:59:59",
      "02T00:59:59 02T00:00",
      "02T00:59:59 02T00:00:01",
      "02T01:00 02T00:59:59",
      "02T01:00 01T23:59:59",
      "02T01:00 02T00:00",
      "02T01:00 02T00:00:01",
      "02T01:00:01 02T01:00",
      "02T01:00:01 01T23:59:59",
      "02T01:00:01 02T00:00",
      "02T01:00:01 02T00:00:01",
    ]);
  });

  it("have no credentials that are older than 36 hours", () => {
    const keys = new Map([
      ...asked({ "aws:currenttime": [atom("DateLessThan", "2026-01-03T12:00:00Z")] }),
      ...asked(
        { "aws:tokenissuetime": [atom("DateLessThan", "2026-01-02T00:00:00Z")] },
        { mayBeAbsent: false },
      ),
    ]);
    const atNoon = texts(keys).filter((text) => text.startsWith("currenttime=03T12:00 "));
    assert.deepEqual(
      atNoon.map((text) => text.slice(text.lastIndexOf("=") + 1)),
      ["03T11:59:59", "02T00:00", "02T00:00:01", "03T11:59:59", "03T12:00"].filter(
        (one, index, all) => all.indexOf(one) === index,
      ),
    );
  });

  it("may be without temporary credentials", () => {
    const keys = asked({ "aws:tokenissuetime": [] });
    assert.deepEqual(texts(keys), [
      "currenttime=01T00:00 epochtime=1767225600",
      "currenttime=01T00:00 epochtime=1767225600 tokenissuetime=2025-12-31T23:59:59",
    ]);
  });

  it("are all there are, unless they are compared as text", () => {
    const complete = (...given: Parameters<typeof asked>) => timeCandidates(asked(...given), SINCE).complete;
    assert.deepEqual(
      [
        complete({ "aws:currenttime": [atom("DateEquals", "2026-01-01")] }),
        complete({ "aws:epochtime": [atom("NumericEquals", "5")] }),
        complete({ "aws:currenttime": [] }),
        complete({ "aws:currenttime": [atom("DateEquals", "2026-01-01"), ...literals("x")] }),
      ],
      [true, true, true, false],
    );
  });

  it("are described by the atoms of their keys", () => {
    const atoms = literals("x");
    assert.deepEqual(
      [...timeCandidates(asked({ "aws:currenttime": atoms }), SINCE).atoms],
      [["aws:currenttime", atoms]],
    );
  });
});
