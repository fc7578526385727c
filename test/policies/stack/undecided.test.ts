import { strict as assert } from "assert";
import { undecided, violation } from "../../../policies/findings";
import { UndecidedNotes } from "../../../policies/stack/undecided";
import { resource } from "../support/stack";

describe("what could not be told yet", () => {
  const one = resource("secret", "orders");
  const key = undecided(one, "its key is not known", "the update");
  const name = undecided(one, "its name is not known", "the update");

  it("is nothing at first", () => {
    const notes = new UndecidedNotes();
    assert.deepEqual([notes.isEmpty(), notes.takeText()], [true, ""]);
  });

  it("is said once for each reason, with the rules that have it, and then forgotten", () => {
    const notes = new UndecidedNotes();
    notes.set("SM-01", "a", [key, name]);
    notes.set("SM-02", "a", [key]);
    notes.set("SM-02", "b", [key]);
    assert.equal(notes.isEmpty(), false);
    const said =
      "SM-01, SM-02: its key is not known; decided by the update\n" +
      "SM-01: its name is not known; decided by the update";
    assert.equal(notes.takeText(), said);
    assert.deepEqual([notes.isEmpty(), notes.takeText()], [true, ""]);
  });

  it("is replaced when the rule judges the same again", () => {
    const notes = new UndecidedNotes();
    notes.set("SM-01", "a", [key]);
    notes.set("SM-01", "a", []);
    assert.equal(notes.isEmpty(), true);
    notes.set("SM-01", "a", [key]);
    notes.set("SM-01", "a", [name]);
    assert.equal(notes.takeText(), "SM-01: its name is not known; decided by the update");
  });

  it("leaves out violations", () => {
    const notes = new UndecidedNotes();
    notes.set("SM-01", "a", [violation(one, "bad", "Fix it")]);
    assert.deepEqual([notes.isEmpty(), notes.takeText()], [true, ""]);
  });
});
