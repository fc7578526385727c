const { reporters } = require("mocha");

/** Mocha's spec reporter, ended by one line that a machine reads: "N passed, N failed" and, if any, "N skipped". */
class ClosingLine extends reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : "";
    console.log(`${passes} passed, ${failures} failed${skipped}`);
  }
}

module.exports = ClosingLine;
