import { strict as assert } from "assert";
import { Redactor } from "../../rotation-lambdas/redacting";

describe("redaction", () => {
  const forms: Record<string, (secret: string) => string> = {
    "as it is": (secret) => secret,
    "inside JSON": (secret) => JSON.stringify({ secret }),
    "inside a URL": (secret) => `postgres://u:${encodeURIComponent(secret)}@h/`,
  };
  for (const [where, write] of Object.entries(forms)) {
    it(`removes a secret ${where}`, () => {
      const secret = `p"a\\ss/é`;
      const redactor = new Redactor();
      redactor.remember(secret);
      assert.equal(
        redactor.redact(write(secret)),
        write("[redacted]").replace("%5Bredacted%5D", "[redacted]"),
      );
    });
  }

  it("removes the longer of two secrets first, and leaves very short texts alone", () => {
    const redactor = new Redactor();
    for (const secret of ["pass", "password-1", "a", ""]) redactor.remember(secret);
    assert.equal(redactor.redact("a password-1, a pass"), "a [redacted], a [redacted]");
  });
});
